package org.vrrp4j.linux.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that an examination found.
 *
 * @param level how bad it is
 * @param topic what it is about
 * @param subject which interface, address or program; empty for the host as a whole
 * @param text what was found, a sentence without its full stop
 * @param remedy what to do about it, where possible a command to run as root
 */
public record Finding(Level level, Topic topic, String subject, String text, Optional<String> remedy) {

    /** How bad a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, but not in every situation, or not surely. */
        HINT,
        /** VRRP does not work like that. */
        PROBLEM,
        /** It could not be found out; the text says why. */
        UNCHECKED
    }

    /** What a finding is about, in the order of the examination. */
    public enum Topic {
        /** Capabilities of this process. */
        RIGHTS,
        /** What the kernel can do. */
        KERNEL,
        /** This Java virtual machine and its share of the processor. */
        JVM,
        /** Other programs on this host that speak VRRP. */
        PROGRAMS,
        /** Interfaces and their own addresses. */
        INTERFACE,
        /** sysctl settings of interfaces. */
        SETTINGS,
        /** Whether packets of protocol 112 pass. */
        FIREWALL,
        /** Other routers on the wire. */
        WIRE,
        /** Virtual addresses. */
        ADDRESS
    }

    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(remedy, "remedy");
    }

    static Finding ok(Topic topic, String subject, String text) {
        return new Finding(Level.OK, topic, subject, text, Optional.empty());
    }

    static Finding hint(Topic topic, String subject, String text, String remedy) {
        return new Finding(Level.HINT, topic, subject, text, Optional.of(remedy));
    }

    static Finding problem(Topic topic, String subject, String text, String remedy) {
        return new Finding(Level.PROBLEM, topic, subject, text, Optional.of(remedy));
    }

    static Finding unchecked(Topic topic, String subject, String reason, String remedy) {
        return new Finding(Level.UNCHECKED, topic, subject, reason, Optional.of(remedy));
    }
}
