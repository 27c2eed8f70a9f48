package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * Any bytes from anybody to anybody. The first byte says how the rest is read: bit 0 over IPv6, bit 1 with the right
 * hop limit, bits 2 and 3 with a checksum put right in one form or the other, so that what lies behind that check is
 * reached. Source, destination and message follow.
 */
class AdvertisementFuzzTest {
    private static final int OVER_IPV6 = 1;
    private static final int NEAR = 2;
    private static final int SEAL_PSEUDO_HEADER = 4;
    private static final int SEAL_MESSAGE_ONLY = 8;
    private static final int MAX_DETAIL = 100;

    static Stream<byte[]> seeds() {
        return Stream.concat(GoldenVector.all().map(AdvertisementFuzzTest::seed), Stream.of(mappedSecond()));
    }

    private static byte[] seed(GoldenVector vector) {
        InetAddress source = GoldenVector.address(vector.source());
        boolean pseudo = vector.form() == ChecksumForm.PSEUDO_HEADER;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((IpFamily.of(source) == IpFamily.IPV6 ? OVER_IPV6 : 0)
                | NEAR
                | (pseudo ? SEAL_PSEUDO_HEADER : SEAL_MESSAGE_ONLY));
        bytes.writeBytes(source.getAddress());
        bytes.writeBytes(GoldenVector.address(vector.destination()).getAddress());
        bytes.writeBytes(vector.bytes());
        return bytes.toByteArray();
    }

    /** The second IPv6 address is IPv4-mapped, of which Java makes an IPv4 address. */
    private static byte[] mappedSecond() {
        byte[] seed = seed(GoldenVector.named("GV-V3-6"));
        Arrays.fill(seed, seed.length - 16, seed.length - 4, (byte) 0);
        seed[seed.length - 6] = (byte) 0xff;
        seed[seed.length - 5] = (byte) 0xff;
        return seed;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "8s")
    @DisplayName("R9568-7.1-9 any message is rejected for a reason, or means what its bytes say")
    void anyMessageIsRejectedOrMeansWhatItsBytesSay(byte[] data) {
        check(data);
    }

    @Test
    @DisplayName("R9568-7.1-9 so are changed messages of known content")
    void changedMessages() {
        Random random = new Random(3768);
        seeds().forEach(seed -> {
            for (int i = 0; i < 5000; i++) {
                byte[] data = seed.clone();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    data[random.nextInt(data.length)] = (byte) random.nextInt();
                }
                check(data);
            }
        });
    }

    private static void check(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        int how = in.hasRemaining() ? in.get() : 0;
        int addressBytes = (how & OVER_IPV6) != 0 ? 16 : 4;
        InetAddress source = address(in, addressBytes);
        InetAddress destination = address(in, addressBytes);
        if (source == null || destination == null) {
            return;
        }
        if (in.remaining() >= AdvertisementCodec.HEADER_BYTES) {
            seal(in, how, source, destination);
        }
        int position = in.position();
        int hopLimit = (how & NEAR) != 0 ? AdvertisementCodec.HOP_LIMIT : how & 0xf0;

        Decoded decoded = AdvertisementCodec.decode(in, source, destination, hopLimit);

        assertThat(in.position()).isEqualTo(position);
        assertThat(in.limit()).isEqualTo(data.length);
        if (decoded instanceof ReceivedAdvertisement received) {
            assertThat(received.source()).isEqualTo(source);
            assertSame(in.slice(), received, source, destination);
        } else {
            PacketRejection rejection = (PacketRejection) decoded;
            assertThat(rejection.reason()).isNotNull();
            assertThat(rejection.detail()).hasSizeLessThan(MAX_DETAIL);
        }
    }

    /** An IPv6 packet cannot have an IPv4-mapped address: those are dropped with its header. */
    private static InetAddress address(ByteBuffer in, int length) {
        if (in.remaining() < length) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        InetAddress address = IpAddresses.of(bytes);
        return address.getAddress().length == length ? address : null;
    }

    private static void seal(ByteBuffer in, int how, InetAddress source, InetAddress destination) {
        if ((how & (SEAL_PSEUDO_HEADER | SEAL_MESSAGE_ONLY)) == 0) {
            return;
        }
        int start = in.position();
        in.putShort(start + AdvertisementCodec.CHECKSUM_OFFSET, (short) 0);
        int sum = Checksum.add(0, in, start, in.limit());
        if ((how & SEAL_PSEUDO_HEADER) != 0) {
            sum += Checksum.pseudoHeader(Checksum.VRRP, source, destination, in.remaining());
        }
        in.putShort(start + AdvertisementCodec.CHECKSUM_OFFSET, (short) Checksum.finish(sum));
    }

    /** Encoding what was decoded gives the same message, but for what is ignored on receipt. */
    private static void assertSame(
            ByteBuffer message, ReceivedAdvertisement received, InetAddress source, InetAddress destination) {
        ByteBuffer again =
                AdvertisementCodec.encode(received.advertisement(), received.checksumForm(), source, destination);

        assertThat(again.remaining()).isEqualTo(message.remaining());
        assertThat(again.getInt(0)).isEqualTo(message.getInt(0));
        int counting = message.get(0) >> 4 == 2 ? 0xffff : 0x0fff;
        assertThat(again.getShort(4) & counting).isEqualTo(message.getShort(4) & counting);
        int end = AdvertisementCodec.HEADER_BYTES
                + received.advertisement().addresses().size() * source.getAddress().length;
        for (int i = AdvertisementCodec.HEADER_BYTES; i < end; i++) {
            assertThat(again.get(i)).isEqualTo(message.get(i));
        }
        Decoded decoded = AdvertisementCodec.decode(again, source, destination, AdvertisementCodec.HOP_LIMIT);
        assertThat(decoded).isInstanceOf(ReceivedAdvertisement.class);
        assertThat(((ReceivedAdvertisement) decoded).advertisement()).isEqualTo(received.advertisement());
    }
}
