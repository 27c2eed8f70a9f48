package org.vrrp4j.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vrrp4j.linux.libc.LinuxException;

class NetlinkMessageTest {

    private static ByteBuffer encoded(NetlinkMessage... messages) {
        ByteBuffer out = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
        List.of(messages).forEach(message -> message.encode(out));
        return out.flip();
    }

    @Test
    void headerIsInHostOrderAndPayloadPadded() {
        ByteBuffer out = encoded(new NetlinkMessage(20, 0x605, 7, 0, ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5})));
        assertThat(out.remaining()).isEqualTo(24);
        assertThat(out.getInt(0)).isEqualTo(21);
        assertThat(out.getShort(4)).isEqualTo((short) 20);
        assertThat(out.getShort(6)).isEqualTo((short) 0x605);
        assertThat(out.getInt(8)).isEqualTo(7);
        assertThat(out.getInt(12)).isZero();
        assertThat(Arrays.copyOfRange(out.array(), 16, 24)).containsExactly(1, 2, 3, 4, 5, 0, 0, 0);
    }

    @Test
    void severalMessagesOfOneDatagramAreReadBack() throws Exception {
        NetlinkMessage odd = new NetlinkMessage(16, 2, 3, 4, ByteBuffer.wrap(new byte[] {9}));
        NetlinkMessage empty = new NetlinkMessage(3, 0, 5, 6, ByteBuffer.allocate(0));
        assertThat(NetlinkMessage.decodeAll(encoded(odd, empty, odd))).containsExactly(odd, empty, odd);
    }

    @Test
    void cutDatagramIsRefused() {
        ByteBuffer out = encoded(new NetlinkMessage(16, 0, ByteBuffer.allocate(8)));
        for (int length = 1; length < out.capacity() && length < 24; length++) {
            ByteBuffer cut = out.duplicate().limit(length);
            assertThatThrownBy(() -> NetlinkMessage.decodeAll(cut))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("EIO");
        }
    }

    @Test
    void attributesAreReadBack() {
        ByteBuffer out = ByteBuffer.allocate(128);
        new AttributeWriter(out)
                .putByte(1, 200)
                .putInt(2, -5)
                .putText(3, "eth0")
                .putInts(4, 7, 8);
        AttributeReader in = new AttributeReader(out.flip());
        assertThat(in.next()).isTrue();
        assertThat(in.type()).isEqualTo(1);
        assertThat(in.byteValue()).isEqualTo(200);
        assertThat(in.next()).isTrue();
        assertThat(in.intValue(0)).isEqualTo(-5);
        assertThat(in.next()).isTrue();
        assertThat(in.text()).isEqualTo("eth0");
        assertThat(in.next()).isTrue();
        assertThat(in.intValue(1)).isEqualTo(8);
        assertThat(in.intValue(2)).isZero();
        assertThat(in.next()).isFalse();
    }

    @Test
    void anyBytesAreReadToAnEnd() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[1] = 0;
            }
            AttributeReader in = new AttributeReader(ByteBuffer.wrap(bytes));
            int count = 0;
            while (in.next()) {
                count += in.bytes().length + in.text().length() + in.type() + in.byteValue() >= 0 ? 1 : 0;
            }
            assertThat(count).isLessThanOrEqualTo(bytes.length / 4);
        }
    }
}
