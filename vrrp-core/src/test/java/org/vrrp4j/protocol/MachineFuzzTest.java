package org.vrrp4j.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;

/** Any sequence of inputs, told by bytes as {@link MachineStory} reads them. */
class MachineFuzzTest {

    /** Each begins with version, family, flags, priority and times. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        // a backup becomes master, holds its addresses, yields to a better one, takes over again
                        "0000" + "006401" + "11" + "00" + "07" + "000000" + "0c02c800" + "07" + "00" + "07",
                        // an owner over IPv6 that loses its addresses and puts them back, with a new configuration
                        "0001" + "00ff01" + "11" + "07" + "1300" + "07" + "18006401" + "07" + "000000",
                        // version 2 with a password: a hundred senders that lose, then one with a wrong password
                        "0100" + "086400" + "11" + "00" + "07" + "0e640100" + "0c02c8040101" + "000000",
                        // faults of every kind, an acquire that fails and is tried again, a stall, a hand-over
                        "0000" + "3264f9" + "11" + "0000" + "0a04" + "0000" + "0f01" + "1001" + "00" + "07" + "17"
                                + "0614" + "16" + "00" + "07" + "1200",
                        // an address vanishes again and again while it is being put back
                        "00000000100011" + "0000" + "07" + "1300".repeat(70),
                        // a delayed start, reconfigured and started again without the delay, master, a stall
                        "0000" + "105a01" + "11" + "19005a01" + "11" + "0000000707" + "0614",
                        // an owner hears more masters and more holders than it remembers, and they all end together
                        "020102ff0111071300071ab4b45c455d5c455d5d5d5d5d5d73676973746572656400")
                .map(hex -> HexFormat.of().parseHex(hex));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "8s")
    @DisplayName("R9568-7.1-9 R9568-6.4 the contracts of the machine hold whatever happens to it")
    void contractsHoldWhateverHappens(byte[] story) {
        MachineStory.tell(story);
    }
}
