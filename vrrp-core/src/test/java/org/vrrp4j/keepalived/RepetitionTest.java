package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ~SEQ} and {@code ~LST}. */
class RepetitionTest {

    @Test
    void sequenceCountsFromStartToEndInSteps() {
        assertThat(addresses("~SEQ(i, 3) 192.0.2.$i")).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
        assertThat(addresses("~SEQ(i,7,5) 192.0.2.$i")).containsExactly("192.0.2.7", "192.0.2.6", "192.0.2.5");
        assertThat(addresses("~SEQ( i , 1 , 0x10 , 40 ) 192.0.2.$i"))
                .containsExactly("192.0.2.1", "192.0.2.17", "192.0.2.33");
        assertThat(addresses("~SEQ(i,0) 192.0.2.$i")).containsExactly("192.0.2.1", "192.0.2.0");
    }

    @Test
    void sequenceMayBeHexadecimal() {
        assertThat(addresses("~SEQx(i,9,010,25) fe80::$i"))
                .containsExactly("fe80:0:0:0:0:0:0:9", "fe80:0:0:0:0:0:0:11", "fe80:0:0:0:0:0:0:19");
    }

    @Test
    void listHasOneVariableOrSeveral() {
        assertThat(addresses("~LST(i, 5, 9) 192.0.2.$i")).containsExactly("192.0.2.5", "192.0.2.9");
        assertThat(addresses("~LST({i, j}, {1, 2}, {3}, {4,5}) 192.0.2.${i}${j}"))
                .containsExactly("192.0.2.12", "192.0.2.3", "192.0.2.45");
    }

    @Test
    void severalOnALineAreNested() {
        assertThat(addresses("~SEQ(i,1,2) ~LST(j,3,4) 192.0.2.$i$j".replace("$i$j", "${i}$j")))
                .containsExactly("192.0.2.13", "192.0.2.14", "192.0.2.23", "192.0.2.24");
    }

    @Test
    void boundsAndTextMayBeDefinitions() {
        assertThat(Conf.problems(
                        "$N=2",
                        "$VI=\\",
                        "vrrp_instance VI_$i { \\",
                        "interface eth0 \\",
                        "virtual_router_id $i \\",
                        "virtual_ipaddress { 192.0.2.$i } \\",
                        "}",
                        "~SEQ(i,1,$N) $VI"))
                .isEmpty();
        assertThat(addresses("$ALL=\\", "~SEQ(i,1,2) 192.0.2.$i \\", "192.0.2.9", "$ALL"))
                .containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.9");
    }

    @Test
    void whatCannotBeRepeatedIsReportedAndSkipped() {
        for (String bad : List.of(
                "~SEQ",
                "~SEQ(i,1,2",
                "~SEQ(i,1,0,5) 192.0.2.$i",
                "~SEQ(i,5,1,3) 192.0.2.$i",
                "~SEQ(,1) x",
                "~SEQ(i,x) y",
                "~SEQx(i,-1) x",
                "~SEQ(i,1,2,3,4) x",
                "~LST(i) x",
                "~LST({i,j},{1,2,3}) x",
                "~LST({i,1) x",
                "~SEQy(i,1) x")) {
            assertThat(Conf.problems(Conf.addresses("192.0.2.1", bad)))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("k.conf:6: error: '~")
                    .contains(" must be ~SEQ(");
        }
    }

    @Test
    void problemOfARepeatedLineIsReportedOnce() {
        assertThat(Conf.problems(Conf.addresses("192.0.2.1", "~SEQ(i,300) 192.0.2.x")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("k.conf:6: error: '192.0.2.x' is no IP address");
    }

    private static List<String> addresses(String... lines) {
        return Conf.router(Conf.addresses(lines)).addresses().stream()
                .map(address -> address.address().getHostAddress())
                .toList();
    }
}
