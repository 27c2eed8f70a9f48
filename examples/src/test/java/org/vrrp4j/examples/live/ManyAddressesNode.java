package org.vrrp4j.examples.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;

/**
 * A node with a router of 250 addresses, which it hands over at each line on its standard input, and one that only
 * advertises, at a rate that shows when the loop is busy: {@code ManyAddressesNode VRID ADDRESS} of the latter.
 */
final class ManyAddressesNode {
    static final List<String> ADDRESSES =
            IntStream.rangeClosed(1, 250).mapToObj(i -> "198.51.100." + i).toList();
    static final Duration BEAT = Duration.ofMillis(20);

    private ManyAddressesNode() {}

    public static void main(String[] args) throws IOException {
        // With this priority a backup waits for 8 ms once the master has given up.
        VirtualRouter many = VirtualRouter.on("eth0")
                .name("many")
                .vrid(51)
                .priority(254)
                .advertisementInterval(Duration.ofSeconds(1));
        ADDRESSES.forEach(address -> many.address(address + "/24"));
        VirtualRouter beat = VirtualRouter.on("eth0")
                .name("beat")
                .vrid(Integer.parseInt(args[0]))
                .priority(254)
                .advertisementInterval(BEAT)
                .address(args[1]);
        try (VrrpNode node = VrrpNode.builder().router(many).router(beat).start();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (commands.readLine() != null) {
                System.out.println("handed over: " + node.forceHandOver("many").join());
            }
        }
    }
}
