package org.vrrp4j.examples.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Locale;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/**
 * A packet as one JSON object on one line. What is not known is left out. A rejected packet has {@code rejection} and
 * {@code head}, an accepted one {@code advertisement}.
 */
public final class PacketJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final boolean showsPasswords;

    /**
     * With or without secrets.
     *
     * @param showsPasswords whether the object has the password of a packet, or only its type of authentication
     */
    public PacketJson(boolean showsPasswords) {
        this.showsPasswords = showsPasswords;
    }

    /** The object, without an end of line. */
    public String line(ObservedPacket packet) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            writeEnvelope(json, packet);
            if (packet.decoded() instanceof PacketRejection rejection) {
                writeRejection(json, packet, rejection);
            } else if (packet.decoded() instanceof ReceivedAdvertisement received) {
                writeAdvertisement(json, received);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be written", e);
        }
        return text.toString();
    }

    private static void writeEnvelope(JsonGenerator json, ObservedPacket packet) throws IOException {
        if (packet.time().isPresent()) {
            json.writeStringField("time", packet.time().get().toString());
        }
        if (!packet.link().interfaceName().isEmpty()) {
            json.writeStringField("interface", packet.link().interfaceName());
        }
        if (packet.link().vlan().isPresent()) {
            json.writeNumberField("vlan", packet.link().vlan().getAsInt());
        }
        if (packet.link().source().isPresent()) {
            json.writeStringField("mac", packet.link().source().get().toString());
        }
        json.writeStringField("family", word(packet.family()));
        if (packet.envelope().isPresent()) {
            Envelope envelope = packet.envelope().get();
            json.writeStringField("source", IpAddresses.text(envelope.source()));
            json.writeStringField("destination", IpAddresses.text(envelope.destination()));
            if (envelope.hopLimit().isPresent()) {
                json.writeNumberField("hopLimit", envelope.hopLimit().getAsInt());
            }
        }
    }

    private static void writeRejection(JsonGenerator json, ObservedPacket packet, PacketRejection rejection)
            throws IOException {
        json.writeObjectFieldStart("rejection");
        json.writeStringField("reason", word(rejection.reason()));
        json.writeStringField("text", PacketText.reason(rejection));
        json.writeEndObject();
        if (packet.head().isPresent()) {
            MessageHead head = packet.head().get();
            json.writeObjectFieldStart("head");
            json.writeNumberField("version", head.version());
            json.writeNumberField("type", head.type());
            json.writeNumberField("vrid", head.vrid());
            json.writeNumberField("priority", head.priority());
            json.writeNumberField("addressCount", head.addressCount());
            json.writeEndObject();
        }
    }

    private void writeAdvertisement(JsonGenerator json, ReceivedAdvertisement received) throws IOException {
        Advertisement advertisement = received.advertisement();
        json.writeObjectFieldStart("advertisement");
        json.writeNumberField("version", advertisement.version().number());
        json.writeNumberField("vrid", advertisement.vrid());
        json.writeNumberField("priority", advertisement.priority());
        json.writeNumberField("intervalMillis", advertisement.interval().toMillis());
        json.writeArrayFieldStart("addresses");
        for (InetAddress address : advertisement.addresses()) {
            json.writeString(IpAddresses.text(address));
        }
        json.writeEndArray();
        if (advertisement.version() == VrrpVersion.V2) {
            Authentication authentication = advertisement.authentication();
            json.writeObjectFieldStart("authentication");
            json.writeNumberField("type", authentication.type());
            if (showsPasswords && authentication.type() != Authentication.NONE.type()) {
                json.writeStringField("data", PacketText.password(authentication));
            }
            json.writeEndObject();
        }
        json.writeStringField("checksum", word(received.checksumForm()));
        json.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
