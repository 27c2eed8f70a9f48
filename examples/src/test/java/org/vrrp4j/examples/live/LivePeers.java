package org.vrrp4j.examples.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.vrrp4j.VirtualRouter;
import org.vrrp4j.VrrpNode;

/**
 * A unicast router whose peers change while it runs: {@code LivePeers PRIORITY TTL PEER}, and then a line with TTL and
 * peers on the standard input for each change. Packets of peers must have that TTL too.
 */
final class LivePeers {

    private LivePeers() {}

    public static void main(String[] args) throws IOException {
        int priority = Integer.parseInt(args[0]);
        VirtualRouter first = router(priority, args[1] + " " + args[2]);
        try (VrrpNode node = VrrpNode.builder()
                        .router(first.onMaster(change -> System.out.println("role MASTER"))
                                .onBackup(change -> System.out.println("role BACKUP")))
                        .start();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                node.update(router(priority, line)).join();
                System.out.println("peers are " + line);
            }
        }
    }

    private static VirtualRouter router(int priority, String ttlAndPeers) {
        String[] words = ttlAndPeers.split(" ");
        int ttl = Integer.parseInt(words[0]);
        VirtualRouter router = VirtualRouter.on("eth0")
                .vrid(51)
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .unicastTtl(ttl)
                .address(Configuration.VIP + "/24");
        for (int i = 1; i < words.length; i++) {
            router.unicastPeer(words[i]).peerTtl(words[i], ttl, ttl);
        }
        return router;
    }
}
