package org.vrrp4j.linux.macvlan;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.vrrp4j.linux.route.Ipv4Setting;
import org.vrrp4j.linux.route.LinkMessage;

/**
 * What the alias of one of our interfaces says: that it is ours, whose it is, and what was set on the interface below
 * before, such as {@code vrrp4j eth0/51 arp_ignore=0 arp_announce=0}.
 *
 * @param router for people
 * @param saved the settings of before; none if nothing was set
 */
record LinkAlias(String router, Map<Ipv4Setting, Integer> saved) {
    private static final String OURS = "vrrp4j";

    /** Of an interface; empty if it is none of ours. */
    static Optional<LinkAlias> of(LinkMessage link) {
        String[] words = link.alias().split(" ");
        if (!link.kind().equals(MacvlanRequests.KIND) || words.length < 2 || !words[0].equals(OURS)) {
            return Optional.empty();
        }
        Map<Ipv4Setting, Integer> saved = new EnumMap<>(Ipv4Setting.class);
        for (Ipv4Setting setting : Ipv4Setting.values()) {
            for (String word : words) {
                if (word.matches(setting + "=\\d{1,3}")) {
                    saved.put(setting, Integer.parseInt(word.substring(word.indexOf('=') + 1)));
                }
            }
        }
        return Optional.of(new LinkAlias(words[1], saved));
    }

    /** As the kernel keeps it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(OURS).append(' ').append(router);
        saved.forEach(
                (setting, value) -> text.append(' ').append(setting).append('=').append(value));
        return text.toString();
    }
}
