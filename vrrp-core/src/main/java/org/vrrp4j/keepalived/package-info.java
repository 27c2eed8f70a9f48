/**
 * Reads a keepalived.conf (keepalived.conf(5)) into a {@link org.vrrp4j.config.NodeConfig} and a list of problems, each
 * with file and line. {@link org.vrrp4j.keepalived.KeepalivedConf} is the way in; the rest is a pipeline of small
 * steps:
 *
 * <ol>
 *   <li>{@code SourceLines}: text to numbered lines, of the file itself and of those that it includes;
 *   <li>{@code LogicalLines}: comments go, files are included, definitions, conditional and repeated lines expanded,
 *       all within bounds;
 *   <li>{@code Tokens}: a line to texts and braces, and {@code Words}: a text to words;
 *   <li>{@code BlockReader}: braces to blocks, with repair of those that are missing or too many;
 *   <li>{@code KeywordTable}: one table a block level ({@code RootKeywords}, {@code GlobalKeywords}, {@code
 *       InstanceKeywords}, ...), each keyword with its {@code Values}, what comes of it ({@code Support}), and a
 *       small handler that fills a draft;
 *   <li>{@code NodeAssembly} and {@code InstanceCheck}: drafts to checked configuration.
 * </ol>
 *
 * <p>Where manual page and program differ, the program decides, with one exception: an unknown block is skipped whole
 * and is an error. Every known keyword that has no effect here is reported, as a warning or, where the node would
 * otherwise fight its peers for the addresses, as an error; {@link org.vrrp4j.keepalived.KeywordInfo} tells it of each.
 * What a file can ask of its host comes through {@link org.vrrp4j.keepalived.ConfigHost}, and included files through
 * {@link org.vrrp4j.keepalived.ConfigFiles}; that an interface exists is seen when the node starts.
 */
package org.vrrp4j.keepalived;
