package org.vrrp4j.examples.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vrrp4j.linux.socket.PacketSocket;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;

/**
 * Sends advertisements of the highest priority that must be rejected, each wrong in another way:
 * {@code PacketGun VERSION PER_SECOND SECONDS [HOST...]}, for VRID 51 on eth0, from an address that no router has. They
 * go to the group, or to some hosts of the lab, named by the last part of address and MAC; to a host also packets that
 * are wrong for nothing but their sender.
 */
final class PacketGun {
    private static final InetAddress SOURCE = IpAddresses.parse("192.0.2.254").orElseThrow();
    private static final InetAddress GROUP = IpAddresses.parse("224.0.0.18").orElseThrow();
    private static final byte[] ETHERNET = HexFormat.of().parseHex("020000000077" + "0800");
    private static final int IP_HEADER = 20;
    private static final int BATCH = 20;

    /** Who is to hear it. */
    private record Target(String mac, InetAddress address) {
        private static final Target ROUTERS = new Target("01005e000012", GROUP);

        static Target host(String number) {
            return new Target(
                    "02000000000" + number,
                    IpAddresses.parse("192.0.2." + number).orElseThrow());
        }
    }

    private PacketGun() {}

    public static void main(String[] args) throws IOException {
        VrrpVersion version = args[0].equals("2") ? VrrpVersion.V2 : VrrpVersion.V3;
        List<ByteBuffer> frames = new ArrayList<>();
        if (args.length == 3) {
            frames.addAll(frames(version, Target.ROUTERS));
        }
        for (int i = 3; i < args.length; i++) {
            Target target = Target.host(args[i]);
            frames.addAll(frames(version, target));
            frames.add(frame(encode(good(version)), 255, target));
        }
        int batches = Integer.parseInt(args[1]) * Integer.parseInt(args[2]) / BATCH;
        long pause = TimeUnit.SECONDS.toNanos(1) * BATCH / Integer.parseInt(args[1]);
        int index = NetworkInterface.getByName("eth0").getIndex();
        int sent = 0;
        System.out.println("shooting");
        try (PacketSocket socket = PacketSocket.open()) {
            long next = System.nanoTime();
            for (int batch = 0; batch < batches; batch++) {
                for (int i = 0; i < BATCH; i++) {
                    ByteBuffer frame = frames.get(sent++ % frames.size());
                    socket.send(index, frame);
                }
                next += pause;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
        System.out.println("sent " + sent);
    }

    private static Advertisement good(VrrpVersion version) {
        boolean v2 = version == VrrpVersion.V2;
        Duration interval = v2 ? Duration.ofSeconds(1) : Duration.ofMillis(100);
        Authentication secret = v2 ? Authentication.simplePassword("secret") : Authentication.NONE;
        return new Advertisement(
                version,
                51,
                Priority.OWNER,
                interval,
                List.of(IpAddresses.parse(Configuration.VIP).orElseThrow()),
                secret);
    }

    private static List<ByteBuffer> frames(VrrpVersion version, Target target) {
        boolean v2 = version == VrrpVersion.V2;
        Advertisement good = good(version);
        List<ByteBuffer> frames = new ArrayList<>();
        frames.add(frame(changed(good, 6, 0xff, false), 255, target));
        frames.add(frame(encode(good), 254, target));
        frames.add(frame(changed(good, 0, version.number() << 4 | 2, true), 255, target));
        frames.add(frame(changed(good, 0, 5 << 4 | 1, true), 255, target));
        frames.add(frame(changed(good, 0, (v2 ? 3 : 2) << 4 | 1, true), 255, target));
        frames.add(frame(changed(good, 3, 0, true), 255, target));
        frames.add(frame(changed(good, 3, 2, true), 255, target));
        frames.add(frame(changed(good, 5, v2 ? 7 : 0, true), 255, target));
        frames.add(frame(encode(good).limit(10), 255, target));
        if (v2) {
            frames.add(frame(changed(good, 12, 'S', true), 255, target));
            frames.add(frame(changed(good, 4, 0, true), 255, target));
        }
        return frames;
    }

    private static ByteBuffer encode(Advertisement advertisement) {
        return AdvertisementCodec.encode(advertisement, ChecksumForm.MESSAGE_ONLY, SOURCE, GROUP);
    }

    private static ByteBuffer changed(Advertisement advertisement, int offset, int value, boolean rightChecksum) {
        ByteBuffer message = encode(advertisement);
        message.put(offset, (byte) value);
        if (rightChecksum) {
            message.putShort(6, (short) 0).putShort(6, checksum(message, 0, message.limit()));
        }
        return message;
    }

    private static ByteBuffer frame(ByteBuffer message, int ttl, Target target) {
        byte[] mac = HexFormat.of().parseHex(target.mac);
        int length = IP_HEADER + message.remaining();
        ByteBuffer frame = ByteBuffer.allocateDirect(mac.length + ETHERNET.length + length);
        frame.put(mac).put(ETHERNET);
        int ip = frame.position();
        frame.putShort((short) 0x45c0).putShort((short) length).putInt(0);
        frame.put((byte) ttl).put((byte) 112).putShort((short) 0);
        frame.put(SOURCE.getAddress()).put(target.address.getAddress());
        frame.putShort(ip + 10, checksum(frame, ip, ip + IP_HEADER));
        frame.put(message.duplicate());
        return frame.flip();
    }

    private static short checksum(ByteBuffer bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += bytes.getShort(i) & 0xffff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
