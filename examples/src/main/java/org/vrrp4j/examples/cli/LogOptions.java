package org.vrrp4j.examples.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where the log goes, besides the standard output. */
final class LogOptions {
    /** How a line looks. */
    enum Format {
        TEXT,
        JSON
    }

    /** What is logged. */
    enum Threshold {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%n%ex{short}";

    @Option(names = "--log-file", paramLabel = "FILE", description = "Logs to this file too.")
    private Path file;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: an object a line. Of the file; default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "error, warn, info or debug, everywhere; default: ${DEFAULT-VALUE}.")
    private Threshold level;

    @Option(
            names = "--log-size",
            paramLabel = "MB",
            defaultValue = "10",
            description = "The file is set aside at this size, looked at now and then; default: ${DEFAULT-VALUE}.")
    private int megabytes;

    @Option(
            names = "--log-files",
            paramLabel = "NUMBER",
            defaultValue = "5",
            description = "How many such files are kept, as FILE.1 (the newest) and so on; default: ${DEFAULT-VALUE}.")
    private int files;

    /**
     * Begins to log there.
     *
     * @throws IOException if the file cannot be written
     */
    void apply() throws IOException {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IOException("logback is not what logs here");
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(level.name()));
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new IOException("cannot log to " + file + ": " + directory + " is no directory that can be written");
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender(context));
    }

    private RollingFileAppender<ILoggingEvent> appender(LoggerContext context) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context));
        FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setParent(appender);
        names.setFileNamePattern(file + ".%i");
        names.setMinIndex(1);
        names.setMaxIndex(Math.max(1, Math.min(files, 20)));
        names.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf(Math.max(1, megabytes) + "MB"));
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        appender.start();
        return appender;
    }

    private Encoder<ILoggingEvent> encoder(LoggerContext context) {
        if (format == Format.JSON) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.setWithContext(false);
            encoder.setWithSequenceNumber(false);
            encoder.setWithNanoseconds(false);
            encoder.setWithFormattedMessage(true);
            encoder.setWithMessage(false);
            encoder.setWithArguments(false);
            encoder.start();
            return encoder;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
