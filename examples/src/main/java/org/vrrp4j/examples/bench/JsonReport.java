package org.vrrp4j.examples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Everything that was measured, each sample, for programs. */
final class JsonReport {

    private JsonReport() {}

    static void write(Path file, Session session, Instant time) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("time", time.toString());
            json.writeStringField("machine", Machine.description());
            json.writeBooleanField("quick", session.isQuick());
            json.writeArrayFieldStart("figures");
            for (Figure figure : session.figures()) {
                write(json, session, figure);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notes");
            for (String note : session.notes()) {
                json.writeString(note);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Session session, Figure figure) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", figure.scenario());
        json.writeStringField("figure", figure.name());
        json.writeStringField("unit", figure.unit().text());
        for (Contender contender : session.contenders()) {
            if (figure.has(contender)) {
                json.writeObjectFieldStart(contender.label());
                json.writeNumberField("median", figure.median(contender));
                json.writeNumberField("max", figure.max(contender));
                json.writeArrayFieldStart("samples");
                for (double sample : figure.samples(contender)) {
                    json.writeNumber(sample);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }
}
