package org.vrrp4j.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.vrrp4j.packet.GoldenVector.address;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.RejectionReason;

/** Each fixture is a pair: a good message, and the same with one defect and a right checksum. */
class RejectedMessageTest {
    private static final int HOP_LIMIT = AdvertisementCodec.HOP_LIMIT;

    /** The reasons that need no configuration, but for the IP header, which another class reads. */
    private static final Set<RejectionReason> OF_THE_CODEC =
            EnumSet.range(RejectionReason.TTL, RejectionReason.NOT_LINK_LOCAL);

    static Stream<Arguments> defects() {
        return Stream.of("GV-V2-1", "GV-V3-4p", "GV-V3-4m", "GV-V3-6")
                .map(GoldenVector::named)
                .flatMap(RejectedMessageTest::defectsOf);
    }

    private static Stream<Arguments> defectsOf(GoldenVector vector) {
        byte[] good = vector.bytes();
        List<Arguments> result = new ArrayList<>();
        for (int hopLimit : new int[] {254, 64, 1, 0}) {
            result.add(arguments(vector, RejectionReason.TTL, good, hopLimit));
        }
        result.add(defect(vector, RejectionReason.TRUNCATED, Arrays.copyOf(good, 7)));
        result.add(defect(vector, RejectionReason.TRUNCATED, vector.patched(3, good[3] + 1)));
        for (int version = 0; version < 16; version++) {
            if (version != 2 && version != 3 || version == 2 && vector.source().contains(":")) {
                byte[] message = vector.patched(0, version << 4 | 1);
                result.add(defect(vector, RejectionReason.VERSION, message));
            }
        }
        for (int type = 0; type < 16; type++) {
            if (type != 1) {
                result.add(defect(vector, RejectionReason.TYPE, vector.patched(0, good[0] & 0xf0 | type)));
            }
        }
        result.add(defect(vector, RejectionReason.VRID_ZERO, vector.patched(1, 0)));
        result.add(defect(vector, RejectionReason.NO_ADDRESSES, vector.patched(3, 0)));
        byte[] longer = vector.sealed(Arrays.copyOf(good, good.length + 8));
        result.add(defect(vector, RejectionReason.LENGTH, longer));
        byte[] wrongSum = vector.bytes();
        wrongSum[7]++;
        result.add(defect(vector, RejectionReason.CHECKSUM, wrongSum));
        byte[] noInterval = vector.bytes();
        noInterval[4] = (byte) (vector.id().startsWith("GV-V3") ? 0xf0 : 0);
        noInterval[5] = 0;
        result.add(defect(vector, RejectionReason.INTERVAL_ZERO, vector.sealed(noInterval)));
        if (vector.source().contains(":")) {
            result.add(defect(vector, RejectionReason.NOT_LINK_LOCAL, mapped(vector)));
        }
        return result.stream();
    }

    private static byte[] mapped(GoldenVector vector) {
        byte[] message = vector.bytes();
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 169, (byte) 254, 1, 1};
        System.arraycopy(mapped, 0, message, 8, 16);
        return vector.sealed(message);
    }

    private static Arguments defect(GoldenVector vector, RejectionReason reason, byte[] message) {
        return arguments(vector, reason, message, HOP_LIMIT);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("defects")
    @DisplayName("R9568-5.1.1.3-2 R9568-5.1.2.3-2 R9568-5.2.2-1 R9568-5.2.3-1 R9568-5.2.5-1"
            + " R9568-7.1-1 R9568-7.1-2 R9568-7.1-3 R9568-7.1-6 R9568-7.1-7 R3768-7.1-1"
            + " a message with one defect is rejected for that reason")
    void oneDefectIsRejectedForItsReason(GoldenVector vector, RejectionReason reason, byte[] message, int hopLimit) {
        assertThat(vector.decode(vector.bytes())).isInstanceOf(ReceivedAdvertisement.class);
        Decoded decoded = vector.decode(message, hopLimit);
        assertThat(decoded).isInstanceOf(PacketRejection.class);
        assertThat(((PacketRejection) decoded).reason()).isEqualTo(reason);
    }

    @Test
    @DisplayName("every reason of the codec has a fixture")
    void everyReasonHasAFixture() {
        assertThat(defects().map(defect -> defect.get()[1]).collect(Collectors.toSet()))
                .isEqualTo(OF_THE_CODEC);
    }

    @Test
    @DisplayName("a first IPv6 address that is not link-local is no matter of the format")
    void globalFirstAddressIsLeftToTheRouter() {
        GoldenVector vector = GoldenVector.named("GV-V3-6r");
        assertThat(vector.decode(vector.patched(8, 0x20))).isInstanceOf(ReceivedAdvertisement.class);
    }

    @Test
    @DisplayName("without the check of the hop limit every one is good, and nothing else is")
    void hopLimitCanBeLeftOut() {
        GoldenVector vector = GoldenVector.named("GV-V3-4p");
        InetAddress source = address(vector.source());
        InetAddress destination = address(vector.destination());
        assertThat(AdvertisementCodec.decode(ByteBuffer.wrap(vector.bytes()), source, destination))
                .isInstanceOf(ReceivedAdvertisement.class);
        assertThat(AdvertisementCodec.decode(ByteBuffer.wrap(vector.patched(1, 0)), source, destination))
                .isInstanceOf(PacketRejection.class);
    }

    @Test
    @DisplayName("R5798-5.2.8-1 the pseudo-header form counts with the real destination only;"
            + " that with the group in a packet to a single host is told apart, and rejected by a router by default")
    void pseudoHeaderHasTheRealDestination() {
        GoldenVector vector = GoldenVector.named("GV-V3-4p");
        Decoded otherGroup = AdvertisementCodec.decode(
                ByteBuffer.wrap(vector.bytes()), address(vector.source()), address("224.0.0.19"), HOP_LIMIT);
        assertThat(((PacketRejection) otherGroup).reason()).isEqualTo(RejectionReason.CHECKSUM);
        Decoded single = AdvertisementCodec.decode(
                ByteBuffer.wrap(vector.bytes()), address(vector.source()), address("192.0.2.12"), HOP_LIMIT);
        assertThat(((ReceivedAdvertisement) single).checksumForm()).isEqualTo(ChecksumForm.GROUP_PSEUDO_HEADER);
    }

    @Test
    @DisplayName("R9568-5.2.8-3 over IPv6 a checksum of the message alone is wrong")
    void messageOnlyIsWrongOverIpv6() {
        GoldenVector ipv6 = GoldenVector.named("GV-V3-6");
        GoldenVector messageOnly = new GoldenVector(
                "message only",
                ipv6.advertisement(),
                ChecksumForm.MESSAGE_ONLY,
                ipv6.source(),
                ipv6.destination(),
                ipv6.hex());
        Decoded decoded = ipv6.decode(messageOnly.sealed(ipv6.bytes()));
        assertThat(((PacketRejection) decoded).reason()).isEqualTo(RejectionReason.CHECKSUM);
    }

    @ParameterizedTest
    @MethodSource("org.vrrp4j.packet.GoldenVector#all")
    @DisplayName("R9568-7.1-3 every truncation is rejected as such")
    void everyTruncationIsRejected(GoldenVector vector) {
        for (int length = 0; length < vector.bytes().length; length++) {
            Decoded decoded = vector.decode(Arrays.copyOf(vector.bytes(), length));
            assertThat(decoded).as("%d bytes", length).isInstanceOf(PacketRejection.class);
            assertThat(((PacketRejection) decoded).reason()).isEqualTo(RejectionReason.TRUNCATED);
        }
    }

    @ParameterizedTest
    @MethodSource("org.vrrp4j.packet.GoldenVector#all")
    @DisplayName("R9568-5.2.8-1 every single flipped bit is rejected: the checksum covers ignored bits too")
    void everyFlippedBitIsRejected(GoldenVector vector) {
        IntStream.range(0, vector.bytes().length * 8).forEach(bit -> {
            byte[] message = vector.bytes();
            message[bit / 8] ^= (byte) (0x80 >> bit % 8);
            Decoded decoded = vector.decode(message);
            assertThat(decoded).as("bit %d", bit).isInstanceOf(PacketRejection.class);
            boolean structure = bit < 16 || bit >= 24 && bit < 32;
            if (!structure) {
                assertThat(((PacketRejection) decoded).reason()).isEqualTo(RejectionReason.CHECKSUM);
            }
        });
    }

    @Test
    @DisplayName("random bytes never throw, and never pass with a wrong version or type")
    void randomBytesNeverThrow() {
        Random random = new Random(9568);
        List<GoldenVector> carriers = List.of(GoldenVector.named("GV-V3-4p"), GoldenVector.named("GV-V3-6"));
        for (int i = 0; i < 50_000; i++) {
            byte[] message = new byte[random.nextInt(64)];
            random.nextBytes(message);
            GoldenVector carrier = carriers.get(i % 2);
            if (i % 4 < 2 && message.length >= 8) {
                message[0] = (byte) (random.nextBoolean() ? 0x31 : 0x21);
                message[3] = (byte) random.nextInt(4);
                carrier.sealed(message);
            }
            Decoded decoded = carrier.decode(message);
            if (decoded instanceof ReceivedAdvertisement received) {
                assertThat(message[0] & 0x0f).isEqualTo(1);
                assertThat(received.advertisement().addresses()).hasSize(message[3] & 0xff);
                assertThat(received.advertisement().interval()).isPositive();
            }
        }
    }
}
