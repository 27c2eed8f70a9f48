package org.vrrp4j.keepalived;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.config.VirtualMac;
import org.vrrp4j.model.MacAddress;

/** What an instance says about its virtual MAC address. */
final class VirtualMacKeywords {
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){4,5}");
    private static final String OWN_MAC =
            "the addresses answer with the interface's own MAC address, as an ipvlan has none of its own either";

    /** Why addresses on other interfaces have no virtual MAC address. */
    static final String ONE_INTERFACE = "a router has one interface with a virtual MAC address, on that of its own:"
            + " addresses elsewhere have the MAC address of the interface that they are on; garp_extra_if with all"
            + " keeps that known to switches";

    private static final Values<Statement> USE = new Values<>(
            "[[name] INTERFACE] [MAC]",
            List.of("", "vmac0", "name vmac0", "vmac0 02:00:00:00:00:33", "02:00:00:00:00"),
            List.of("a/b", "a b", "01:00:5e:00:00:12"),
            Optional::of);
    private static final Values<Position> TRANSMIT_ON_BASE = new Values<>("", List.of(""), List.of(), line -> {
        line.bare();
        return Optional.of(line.position());
    });

    private VirtualMacKeywords() {}

    /** What use_vmac and vmac_xmit_base have said. */
    static final class VirtualMacDraft {
        private boolean used;
        private Optional<String> name = Optional.empty();
        private Optional<String> mac = Optional.empty();
        private Position transmitOnBase;

        /** What follows from it, for an instance with this VRID. */
        Optional<VirtualMac> virtualMac(Reading reading, Position position, int vrid, boolean strict) {
            if (!used) {
                if (transmitOnBase != null) {
                    reading.warning(transmitOnBase, "vmac_xmit_base without use_vmac has no effect");
                }
                return Optional.empty();
            }
            VirtualMac result = VirtualMac.DEFAULT;
            try {
                if (name.isPresent()) {
                    result = result.named(name.get());
                }
                if (mac.isPresent() && !strict) {
                    result = result.withAddress(parse(mac.get(), vrid));
                }
            } catch (IllegalArgumentException e) {
                reading.error(position, "use_vmac: " + e.getMessage());
            }
            if (strict && (mac.isPresent() || transmitOnBase != null)) {
                reading.warning(
                        position,
                        "in strict mode the virtual MAC address is that of the RFC, and advertisements come from it:"
                                + " another one and vmac_xmit_base are ignored");
            }
            return Optional.of(transmitOnBase == null || strict ? result : result.withTransmitOnBase());
        }

        /** Of five bytes, to which the VRID is the sixth, or six. */
        private static MacAddress parse(String text, int vrid) {
            byte[] bytes = new byte[MacAddress.BYTES];
            bytes[MacAddress.BYTES - 1] = (byte) vrid;
            String[] digits = text.split(":");
            for (int i = 0; i < digits.length; i++) {
                bytes[i] = (byte) HexFormat.fromHexDigits(digits[i]);
            }
            return MacAddress.of(bytes);
        }
    }

    static void addTo(KeywordTable<InstanceDraft> table) {
        table.line("use_vmac", USE, (draft, line) -> onUse(draft.virtualMac, line))
                .line("vmac_xmit_base", TRANSMIT_ON_BASE, (draft, at) -> draft.virtualMac.transmitOnBase = at)
                .notYet(ONE_INTERFACE, Values.NONE, "use_vmac_addr")
                .notYet(
                        OWN_MAC + "; use_vmac gives them one of their own",
                        Values.words("[NAME] [ADDRESS] [bridge | private | vepa]"),
                        "use_ipvlan");
    }

    private static void onUse(VirtualMacDraft draft, Statement line) {
        draft.used = true;
        Iterator<String> words = line.values().iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (MAC.matcher(word).matches()) {
                draft.mac = Optional.of(word);
            } else if (word.equals("netlink_notify_msg")) {
                line.warning("'netlink_notify_msg' is not supported: the kernel tells of the interface by itself");
            } else if (word.equals("group")) {
                line.warning("'group' is not supported: the group is that of the interface below");
                skip(words);
            } else {
                onName(draft, line, word.equals("name") && words.hasNext() ? words.next() : word);
            }
        }
    }

    private static void skip(Iterator<String> words) {
        if (words.hasNext()) {
            words.next();
        }
    }

    private static void onName(VirtualMacDraft draft, Statement line, String name) {
        if (draft.name.isPresent()) {
            line.error("use_vmac is [INTERFACE] [MAC]: one name of an interface, not " + Found.quote(draft.name.get())
                    + " and " + Found.quote(name));
        } else if (InstanceKeywords.isInterfaceName(name)) {
            draft.name = Optional.of(name);
        } else {
            line.error("use_vmac must name an interface of 1 to " + VirtualMac.MAX_NAME_BYTES
                    + " characters, none of them '/': " + Found.quote(name));
        }
    }

    /** A VRID is unique on an interface only: of two instances without a name, the second gets the next one. */
    static RouterConfig withFreeName(RouterConfig router, Optional<String> prefix, Set<String> taken) {
        VirtualMac mac = router.virtualMac().orElseThrow();
        if (mac.name().isPresent()) {
            return router;
        }
        String start = prefix.orElse(VirtualMac.DEFAULT_PREFIX);
        int attempt = 0;
        while (taken.contains(VirtualMac.defaultName(start, router.id(), attempt))) {
            attempt++;
        }
        return attempt == 0 && prefix.isEmpty()
                ? router
                : router.toBuilder()
                        .virtualMac(mac.named(VirtualMac.defaultName(start, router.id(), attempt)))
                        .build();
    }

    /** keepalived cuts off what is too long for the name of an interface. */
    static void onPrefix(GlobalDraft globals, Statement line) {
        line.value("PREFIX").ifPresent(prefix -> {
            try {
                String longest = "0".repeat(VirtualMac.MAX_NAME_BYTES - VirtualMac.MAX_PREFIX_BYTES);
                VirtualMac.DEFAULT.named(prefix + longest);
                globals.virtualMacPrefix = Optional.of(prefix);
            } catch (IllegalArgumentException e) {
                line.warning(line.keyword() + " must have 1 to " + VirtualMac.MAX_PREFIX_BYTES
                        + " bytes, none of them '/' or ':': " + Found.quote(prefix) + "; names begin with "
                        + VirtualMac.DEFAULT_PREFIX);
            }
        });
    }
}
