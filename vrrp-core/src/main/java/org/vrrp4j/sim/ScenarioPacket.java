package org.vrrp4j.sim;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.Checksum;

/**
 * A packet that no node sends: raw bytes, or an advertisement like those of a host's first router with some fields
 * changed. What the codec would refuse to encode is changed in the encoded bytes.
 */
final class ScenarioPacket implements ScenarioAction {
    static final String USAGE = "forge HOST (like HOST | hex DIGITS) [version N] [type N] [vrid N] [priority N]"
            + " [count N] [interval TIME] [reserve N] [password TEXT] [addresses A,B] [checksum bad|message-only]"
            + " [length N] [ttl N] [from ADDRESS] [to ADDRESS]";

    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
    private static final int CHECKSUM_OFFSET = 6;

    private final String sender;
    private byte[] bytes;
    private String like;
    private Integer version;
    private Integer type;
    private Integer vrid;
    private Integer priority;
    private Integer count;
    private Integer reserve;
    private Integer length;
    private Duration interval;
    private Authentication authentication;
    private List<InetAddress> addresses;
    private String checksum = "good";
    private int ttl = AdvertisementCodec.HOP_LIMIT;
    private InetAddress source;
    private InetAddress destination;

    private ScenarioPacket(String sender) {
        this.sender = sender;
    }

    static ScenarioPacket parse(ScenarioWords words) {
        ScenarioPacket packet = new ScenarioPacket(words.host());
        if (words.oneOf("like", "hex").equals("hex")) {
            packet.bytes = hex(words.next("the bytes of a packet"));
        } else {
            packet.like = words.host();
        }
        while (!words.isEmpty()) {
            packet.field(words.next("a field"), words);
        }
        return packet;
    }

    private static byte[] hex(String digits) {
        if (!HEX.matcher(digits).matches()) {
            throw new ScenarioSyntaxException("bytes must be pairs of hexadecimal digits: '" + digits + "'");
        }
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    private void field(String field, ScenarioWords words) {
        boolean anyPacket = List.of("length", "ttl", "from", "to").contains(field);
        if (bytes != null && !anyPacket) {
            throw new ScenarioSyntaxException("'" + field + "' must stand after 'like', not after 'hex'");
        }
        switch (field) {
            case "version" -> version = words.integer(0, 15);
            case "type" -> type = words.integer(0, 15);
            case "vrid" -> vrid = words.integer(0, 255);
            case "priority" -> priority = words.integer(0, 255);
            case "count" -> count = words.integer(0, 255);
            case "interval" -> interval = words.time();
            case "reserve" -> reserve = words.integer(0, 15);
            case "password" -> authentication = Authentication.simplePassword(words.next("a password"));
            case "addresses" -> addresses = words.addresses();
            case "checksum" -> checksum = words.oneOf("bad", "message-only");
            case "length" -> length = words.integer(0, AdvertisementCodec.MAX_BYTES);
            case "ttl" -> ttl = words.integer(0, 255);
            case "from" -> source = words.address();
            case "to" -> destination = words.address();
            default -> throw new ScenarioSyntaxException("there is no field '" + field + "'; usage: " + USAGE);
        }
    }

    @Override
    public void perform(ScenarioRun run) {
        SimulatedHost host = run.host(sender);
        IpFamily family = family(run);
        InetAddress from = source == null ? host.first().address(family) : source;
        InetAddress to = destination == null ? family.multicastGroup() : destination;
        ByteBuffer message = bytes == null ? encode(run.router(like), from, to) : ByteBuffer.wrap(bytes);
        if (length != null) {
            ByteBuffer resized = ByteBuffer.allocate(length);
            resized.put(message.slice(0, Math.min(length, message.limit())));
            message = resized.clear();
        }
        run.simulation().network().forge(host, from, to, message, ttl);
    }

    private IpFamily family(ScenarioRun run) {
        if (destination != null || source != null) {
            return IpFamily.of(destination == null ? source : destination);
        }
        return like == null ? IpFamily.IPV4 : run.router(like).id().family();
    }

    private ByteBuffer encode(RouterConfig router, InetAddress from, InetAddress to) {
        boolean known = version != null && (version == 2 || version == 3);
        VrrpVersion other = known && version == 2 ? VrrpVersion.V2 : VrrpVersion.V3;
        VrrpVersion encoded = known ? other : router.version();
        Authentication usual = encoded == VrrpVersion.V2 ? router.authentication() : Authentication.NONE;
        Advertisement advertisement = new Advertisement(
                encoded,
                orElse(vrid, router.id().vrid()),
                orElse(priority, router.priority()),
                orElse(interval, router.advertisementInterval()),
                orElse(addresses, router.advertisedAddresses()),
                orElse(authentication, usual));
        ByteBuffer message = AdvertisementCodec.encode(advertisement, router.checksumForm(), from, to);
        patch(message);
        sum(message, encoded, router.checksumForm(), from, to);
        return message;
    }

    private static <T> T orElse(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private void patch(ByteBuffer message) {
        int first = message.get(0) & 0xff;
        message.put(0, (byte) (orElse(version, first >> 4) << 4 | orElse(type, first & 0x0f)));
        message.put(3, orElse(count, message.get(3) & 0xff).byteValue());
        if (reserve != null) {
            message.put(4, (byte) (reserve << 4 | message.get(4) & 0x0f));
        }
    }

    private void sum(ByteBuffer message, VrrpVersion encoded, ChecksumForm form, InetAddress from, InetAddress to) {
        boolean messageOnly = encoded == VrrpVersion.V2
                || checksum.equals("message-only")
                || IpFamily.of(from) == IpFamily.IPV4 && form == ChecksumForm.MESSAGE_ONLY;
        message.putShort(CHECKSUM_OFFSET, (short) 0);
        int sum = messageOnly ? 0 : Checksum.pseudoHeader(Checksum.VRRP, from, to, message.limit());
        int right = Checksum.finish(Checksum.add(sum, message, 0, message.limit()));
        message.putShort(CHECKSUM_OFFSET, (short) (checksum.equals("bad") ? right ^ 1 : right));
    }
}
