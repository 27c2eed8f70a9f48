package org.vrrp4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255",
                "192.0.2.1",
                "203.0.113.250",
                "1.2.3.4",
                "::",
                "::1",
                "1::",
                "fe80::1",
                "FE80::AbCd",
                "2001:db8::1",
                "2001:db8:0:0:0:0:0:1",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2:3::5:6:7:8",
                "1:0:0:4::",
                "::192.0.2.1",
                "::ffff:192.0.2.1",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:192.0.2.1",
                "2001:db8::3:192.0.2.1",
                "ff02::12",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
            })
    @DisplayName("RFC 4291, 2.2: a literal is what java.net makes of it")
    void literalsAreReadAsJavaDoes(String text) throws UnknownHostException {
        assertThat(IpAddresses.parse(text)).contains(InetAddress.getByName(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "router-1",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.1000",
                "1.2.3.-1",
                "1.2.3.+1",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.a",
                "0x1.2.3.4",
                " 192.0.2.1",
                "192.0.2.1 ",
                "192.0.2.1/24",
                "192.0.2.\u0661",
                "192.0.2.\uff11",
                ":",
                ":::",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                ":2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                "1:::2",
                "12345::",
                "g::",
                "-1::",
                "fe80::1%eth0",
                "[::1]",
                "2001:db8::1/64",
                "::192.0.2",
                "::192.0.2.256",
                "::192.0.2.1:1",
                "192.0.2.1::",
                "1:192.0.2.1::5",
                "1:2:3:4:5:6:7:192.0.2.1",
                "\u0661::1"
            })
    @DisplayName("what is no literal is empty, and no name is ever asked for")
    void everythingElseIsEmpty(String text) {
        assertThat(IpAddresses.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("RFC 4291, 2.2: random addresses survive their text in every form")
    void randomAddressesSurvive() throws UnknownHostException {
        Random random = new Random(4291);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(bytes);
            for (int zero = random.nextInt(bytes.length); zero > 0; zero--) {
                bytes[random.nextInt(bytes.length)] = 0;
            }
            InetAddress address = InetAddress.getByAddress(bytes);
            assertThat(IpAddresses.of(bytes)).isEqualTo(address);
            assertThat(IpAddresses.parse(address.getHostAddress())).contains(address);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    @DisplayName("an address of another length is refused with its length")
    void otherLengthsAreRefused(int length) {
        assertThatThrownBy(() -> IpAddresses.of(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an IP address has 4 or 16 bytes: length=" + length);
    }

    @ParameterizedTest
    @CsvSource({
        "127.255.255.255, 128.0.0.0",
        "0.0.0.1, 255.0.0.0",
        "192.0.2.9, 192.0.2.10",
        "192.0.2.127, 192.0.2.128",
        "7fff::1, 8000::1",
        "fe80::1, fe80::8000:0:0:0",
        "2001:db8::1, fe80::1"
    })
    @DisplayName("R9568-6.4.3-11 addresses compare as unsigned numbers in network order")
    void addressesCompareUnsigned(String less, String greater) {
        InetAddress a = IpAddresses.parse(less).orElseThrow();
        InetAddress b = IpAddresses.parse(greater).orElseThrow();
        assertThat(IpAddresses.compare(a, b)).isNegative();
        assertThat(IpAddresses.compare(b, a)).isPositive();
        assertThat(IpAddresses.compare(a, IpAddresses.parse(less).orElseThrow()))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "fe80::200:5eff:fe00:201, fe80::200:5eff:fe00:201",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
    })
    @DisplayName("RFC 5952, 4: IPv6 text is lower case, with the longest and first run of zeros left out")
    void textIsCanonical(String literal, String canonical) {
        assertThat(IpAddresses.text(IpAddresses.parse(literal).orElseThrow())).isEqualTo(canonical);
    }
}
