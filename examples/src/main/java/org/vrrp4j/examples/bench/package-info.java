/**
 * {@code vrrp bench}: measures vrrp4j and, beside it on the same wire and in the same run, keepalived.
 *
 * <ul>
 *   <li>{@link org.vrrp4j.examples.bench.Bench}: runs the scenarios, shows progress, writes table, JSON and plots;
 *   <li>a {@code Scenario}, one a file: what is done, and which figures come of it;
 *   <li>a {@code Contender}: how a program is started from a keepalived.conf, the same one for all;
 *   <li>a {@code Wire}: hosts on one switch, and a capture of what passes it, with the kernel's receive timestamps;
 *   <li>a {@code Figure}: the samples of one quantity, for each contender.
 * </ul>
 *
 * <p>No time is taken inside a measured program, and none from a log line. Every wait is bounded, and what is started
 * ends with the network lab that it runs in. It is not a test: it says how much, not whether that is enough. What is
 * measured, how, and what limits it is in docs/performance.md.
 */
package org.vrrp4j.examples.bench;
