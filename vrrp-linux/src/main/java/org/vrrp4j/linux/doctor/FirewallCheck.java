package org.vrrp4j.linux.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.linux.doctor.FirewallRules.Obstacle;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;

/**
 * What the rules of the firewall say about advertisements. These are hints only: {@link SelfTest} and {@link WireCheck}
 * try it.
 */
final class FirewallCheck {
    private final Consumer<Finding> out;

    FirewallCheck(Consumer<Finding> out) {
        this.out = out;
    }

    void check(List<Segment> segments) throws InterruptedException {
        List<FirewallPacket> packets =
                segments.stream().flatMap(segment -> packets(segment).stream()).toList();
        read("nft", NftablesReader::read, packets, List.of("nft", "-j", "list", "ruleset"));
        for (IpFamily family : IpFamily.values()) {
            List<FirewallPacket> ofFamily =
                    packets.stream().filter(packet -> packet.family() == family).toList();
            for (String program : ofFamily.isEmpty() ? List.<String>of() : iptables(family)) {
                String changing = program.substring(0, program.length() - "-save".length());
                Function<String, FirewallRules> reader = text -> IptablesReader.read(text, changing, family);
                read(program, reader, ofFamily, List.of(program));
            }
        }
    }

    /** The programs that show rules which nft does not. */
    private static List<String> iptables(IpFamily family) {
        String prefix = family == IpFamily.IPV4 ? "iptables" : "ip6tables";
        Map<String, String> programs = new LinkedHashMap<>();
        for (String program : List.of(prefix + "-legacy-save", prefix + "-save")) {
            String real = Command.find(program).map(FirewallCheck::realName).orElse("");
            boolean standsForNft = real.contains("nft") && Command.find("nft").isPresent();
            if (!real.isEmpty() && !standsForNft) {
                programs.putIfAbsent(real, program);
            }
        }
        return List.copyOf(programs.values());
    }

    /** Behind links, as /etc/alternatives has them. */
    private static String realName(Path program) {
        try {
            return program.toRealPath().getFileName().toString();
        } catch (IOException e) {
            return program.getFileName().toString();
        }
    }

    static List<FirewallPacket> packets(Segment segment) {
        List<FirewallPacket> packets = new ArrayList<>();
        String name = segment.link().name();
        IpFamily family = segment.family();
        if (segment.usesMulticast()) {
            packets.add(new FirewallPacket(false, name, family, Optional.empty(), family.multicastGroup()));
            packets.add(new FirewallPacket(true, name, family, Optional.of(segment.source()), family.multicastGroup()));
        }
        segment.unicastPeers().forEach(peer -> {
            packets.add(new FirewallPacket(false, name, family, Optional.of(peer), segment.source()));
            packets.add(new FirewallPacket(true, name, family, Optional.of(segment.source()), peer));
        });
        return packets;
    }

    private void read(
            String program, Function<String, FirewallRules> reader, List<FirewallPacket> packets, List<String> command)
            throws InterruptedException {
        if (Command.find(program).isEmpty()) {
            out.accept(Finding.unchecked(
                    Topic.FIREWALL,
                    program,
                    "the rules have not been read: there is no " + program + " command here",
                    "apt-get install nftables; what counts is the self-test"));
            return;
        }
        try {
            tell(program, reader.apply(Command.output(command)), packets);
        } catch (IOException | IllegalArgumentException e) {
            out.accept(Finding.unchecked(
                    Topic.FIREWALL,
                    program,
                    "the rules cannot be read: " + e.getMessage(),
                    "run it with CAP_NET_ADMIN, or as root: " + String.join(" ", command)));
        }
    }

    private void tell(String program, FirewallRules rules, List<FirewallPacket> packets) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (FirewallPacket packet : packets) {
            for (Obstacle obstacle : rules.obstacles(packet)) {
                String direction = packet.outgoing() ? " to " : " from other routers to ";
                String text = (obstacle.surely() ? "the rules drop" : "the rules may drop") + " protocol 112"
                        + direction + IpAddresses.text(packet.destination()) + ": " + obstacle.where();
                findings.putIfAbsent(
                        packet.interfaceName() + text,
                        Finding.hint(Topic.FIREWALL, packet.interfaceName(), text, remedy(obstacle, program)));
            }
        }
        findings.values().forEach(out);
        if (findings.isEmpty()) {
            out.accept(Finding.ok(Topic.FIREWALL, program, "no rule that would drop protocol 112"));
        }
    }

    private static String remedy(Obstacle obstacle, String program) {
        return obstacle.chain().insert() + (program.equals("nft") ? " accept" : " -j ACCEPT");
    }
}
