package org.vrrp4j.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a route says about the connections that use it, each a number ({@code RTAX_} in rtnetlink(7), ip-route(8)). */
public enum RouteMetric {
    /** The largest packet, in bytes. */
    MTU(2, Form.NUMBER),
    /** The largest TCP window advertised, in bytes. */
    WINDOW(3, Form.NUMBER),
    /** The first guess of the round trip, in eighths of a millisecond. */
    RTT(4, Form.EIGHTHS),
    /** Its variance, in quarters of a millisecond. */
    RTTVAR(5, Form.QUARTERS),
    /** The first slow start threshold. */
    SSTHRESH(6, Form.NUMBER),
    /** The congestion window is at most this; needs a lock. */
    CWND(7, Form.NUMBER),
    /** The segment size that is advertised, in bytes. */
    ADVMSS(8, Form.NUMBER),
    /** How much reordering is expected. */
    REORDERING(9, Form.NUMBER),
    /** The hop limit of sent packets. */
    HOPLIMIT(10, Form.NUMBER),
    /** The first congestion window. */
    INITCWND(11, Form.NUMBER),
    /** Bits: 1 for ECN. */
    FEATURES(12, Form.NUMBER),
    /** The shortest retransmission timeout, in milliseconds. */
    RTO_MIN(13, Form.MILLISECONDS),
    /** The first receive window. */
    INITRWND(14, Form.NUMBER),
    /** Whether acknowledgements are sent at once. */
    QUICKACK(15, Form.NUMBER),
    /** Whether TCP Fast Open works without a cookie. */
    FASTOPEN_NO_COOKIE(17, Form.NUMBER);

    /** How a value is written. */
    enum Form {
        NUMBER(0),
        MILLISECONDS(1),
        QUARTERS(4),
        EIGHTHS(8);

        /** How many units a millisecond has; 0 for what is no time. */
        final int perMillisecond;

        Form(int perMillisecond) {
            this.perMillisecond = perMillisecond;
        }
    }

    private final int number;
    private final Form form;

    RouteMetric(int number, Form form) {
        this.number = number;
        this.form = form;
    }

    /** The kernel's number, {@code RTAX_}. */
    public int number() {
        return number;
    }

    Form form() {
        return form;
    }

    /** The metric that a word of ip-route(8) names. */
    static Optional<RouteMetric> of(String word) {
        return Stream.of(values())
                .filter(metric -> metric != FEATURES && metric.toString().equals(word))
                .findFirst();
    }

    /** The word of ip-route(8). */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
