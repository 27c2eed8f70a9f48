package org.vrrp4j.examples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vrrp4j.linux.doctor.Diagnosis;
import org.vrrp4j.linux.doctor.Finding;
import org.vrrp4j.linux.doctor.Finding.Level;

/** Findings as text and as JSON. */
final class DoctorReport {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String LAYOUT = "%-10s%-11s%s";

    private DoctorReport() {}

    /** One line, and the remedy in a second one. */
    static List<String> lines(Finding finding) {
        String subject = finding.subject().isEmpty() ? "" : finding.subject() + ": ";
        List<String> lines = new ArrayList<>();
        lines.add(LAYOUT.formatted(word(finding.level()), word(finding.topic()), subject + finding.text()));
        finding.remedy().ifPresent(remedy -> lines.add(LAYOUT.formatted("", "", "-> " + remedy)));
        return lines;
    }

    /** How many of what, and what that means. */
    static String summary(Diagnosis diagnosis) {
        return "VRRP would " + (diagnosis.works() ? "" : "not ") + "work here; problems: "
                + diagnosis.count(Level.PROBLEM) + ", hints: " + diagnosis.count(Level.HINT) + ", not checked: "
                + diagnosis.count(Level.UNCHECKED) + ", ok: " + diagnosis.count(Level.OK);
    }

    /** {@code works}, {@code exitCode} and {@code findings}, on one line. */
    static String json(Diagnosis diagnosis, int exitCode) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("works", diagnosis.works());
            json.writeNumberField("exitCode", exitCode);
            json.writeArrayFieldStart("findings");
            for (Finding finding : diagnosis.findings()) {
                json.writeStartObject();
                json.writeStringField("level", word(finding.level()));
                json.writeStringField("topic", word(finding.topic()));
                if (!finding.subject().isEmpty()) {
                    json.writeStringField("subject", finding.subject());
                }
                json.writeStringField("text", finding.text());
                if (finding.remedy().isPresent()) {
                    json.writeStringField("remedy", finding.remedy().get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be written", e);
        }
        return text.toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
