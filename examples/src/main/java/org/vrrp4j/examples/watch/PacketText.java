package org.vrrp4j.examples.watch;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** A packet as one line of text. */
public final class PacketText {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final boolean showsPasswords;

    /**
     * With or without secrets.
     *
     * @param showsPasswords whether the line has the password of a packet, or only says that there is one
     */
    public PacketText(boolean showsPasswords) {
        this.showsPasswords = showsPasswords;
    }

    /** The line, without an end. */
    public String line(ObservedPacket packet) {
        StringBuilder line = new StringBuilder();
        packet.time().ifPresent(time -> line.append(time).append(' '));
        if (!packet.link().name().isEmpty()) {
            line.append(packet.link().name()).append(' ');
        }
        packet.link().source().ifPresent(mac -> line.append(mac).append(' '));
        packet.envelope().ifPresent(envelope -> {
            line.append(IpAddresses.text(envelope.source())).append(" > ");
            line.append(IpAddresses.text(envelope.destination())).append(' ');
            envelope.hopLimit()
                    .ifPresent(limit -> line.append(hopLimitName(packet.family()))
                            .append(' ')
                            .append(limit)
                            .append(' '));
        });
        int last = line.length() - 1;
        if (last >= 0) {
            line.replace(last, last + 1, ": ");
        }
        return line.append(content(packet)).toString();
    }

    private static String hopLimitName(IpFamily family) {
        return family == IpFamily.IPV4 ? "ttl" : "hop limit";
    }

    private String content(ObservedPacket packet) {
        if (packet.decoded() instanceof PacketRejection rejection) {
            String head = packet.head()
                    .map(fields -> " (VRRPv" + fields.version() + " type " + fields.type() + " vrid " + fields.vrid()
                            + " priority " + fields.priority() + " count " + fields.addressCount() + ")")
                    .orElse("");
            return "rejected: " + reason(rejection) + head;
        }
        ReceivedAdvertisement received = (ReceivedAdvertisement) packet.decoded();
        Advertisement advertisement = received.advertisement();
        boolean isV2 = advertisement.version() == VrrpVersion.V2;
        return "VRRPv" + advertisement.version().number()
                + " vrid " + advertisement.vrid()
                + " priority " + priority(advertisement.priority())
                + " interval " + duration(advertisement.interval())
                + " addresses " + addresses(advertisement.addresses())
                + (isV2 ? " authentication " + authentication(advertisement.authentication()) : "")
                + " checksum " + checksum(received.checksumForm());
    }

    /** Why a packet is ignored, with what was found. */
    static String reason(PacketRejection rejection) {
        return rejection.reason().text() + (rejection.detail().isEmpty() ? "" : ": " + rejection.detail());
    }

    private static String priority(int priority) {
        return switch (priority) {
            case Priority.RELEASE -> "0 (gives up)";
            case Priority.OWNER -> "255 (owner)";
            default -> Integer.toString(priority);
        };
    }

    static String addresses(Collection<InetAddress> addresses) {
        return addresses.stream().map(IpAddresses::text).collect(Collectors.joining(" "));
    }

    private String authentication(Authentication authentication) {
        if (authentication.equals(Authentication.NONE)) {
            return "none";
        }
        return authentication + (showsPasswords ? " \"" + password(authentication) + "\"" : " (hidden)");
    }

    /** The data without the zeros that fill it, other bytes than printable ones as {@code \xNN}. */
    static String password(Authentication authentication) {
        StringBuilder text = new StringBuilder();
        for (long rest = authentication.data(); rest != 0; rest <<= Byte.SIZE) {
            int each = (int) (rest >>> (Long.SIZE - Byte.SIZE));
            boolean isPlain = each >= ' ' && each < 0x7f && each != '"' && each != '\\';
            text.append(isPlain ? String.valueOf((char) each) : "\\x%02x".formatted(each));
        }
        return text.toString();
    }

    static String checksum(ChecksumForm form) {
        return switch (form) {
            case PSEUDO_HEADER -> "with pseudo-header";
            case MESSAGE_ONLY -> "of the message only";
            case GROUP_PSEUDO_HEADER -> "with pseudo-header of the group";
        };
    }

    /** Up to a second in milliseconds, from there on in seconds; at most two decimals, and none that is zero. */
    static String duration(Duration duration) {
        boolean inSeconds = duration.compareTo(SECOND) >= 0;
        double value = duration.toNanos() / (inSeconds ? 1e9 : 1e6);
        String text = String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
        return text + (inSeconds ? " s" : " ms");
    }
}
