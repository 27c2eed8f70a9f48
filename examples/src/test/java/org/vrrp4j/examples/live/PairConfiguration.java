package org.vrrp4j.examples.live;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keepalived.conf of one side of a {@link PairStory}: SOLO, the group G of INSIDE and OUTSIDE, and, where it is
 * asked for, one router more, EXTRA. What a step of the story changes is a copy with that.
 *
 * @param priority that of all routers
 * @param interval {@code advert_int} of SOLO, in seconds
 * @param fileWeight weight of the tracked file, which SOLO follows
 * @param scriptWeight weight of the tracked script, which SOLO follows
 * @param addresses {@code virtual_ipaddress} of SOLO
 * @param excluded {@code virtual_ipaddress_excluded} of SOLO
 * @param extra whether there is an EXTRA
 */
record PairConfiguration(
        int priority,
        String interval,
        int fileWeight,
        int scriptWeight,
        List<String> addresses,
        List<String> excluded,
        boolean extra) {
    /** The master of SOLO is missed after this time, with the usual interval. */
    static final Duration MASTER_DOWN = Duration.ofMillis(3100);

    private static final String VIP_SOLO = "192.0.2.100";
    private static final String VIP_INSIDE = "192.0.2.101";
    private static final String VIP_OUTSIDE = "198.51.100.102";
    private static final String VIP_EXTRA = "192.0.2.103";
    private static final String VIP_SECOND = "192.0.2.104";
    private static final String VIP_EXCLUDED = "192.0.2.105";

    /** Whatever may be on a host. */
    static final List<String> ALL_VIPS =
            List.of(VIP_SOLO, VIP_INSIDE, VIP_OUTSIDE, VIP_EXTRA, VIP_SECOND, VIP_EXCLUDED);

    private static final String USUAL_INTERVAL = "0.8";
    private static final String INSTANCE = """
            vrrp_instance %s {
                state BACKUP
                version 3
                interface %s
                virtual_router_id %d
                priority %d
                advert_int %s
                virtual_ipaddress {
                    %s
                }
                %s
            }
            """;

    static PairConfiguration of(int priority) {
        return new PairConfiguration(priority, USUAL_INTERVAL, 1, 0, List.of(VIP_SOLO), List.of(), false);
    }

    PairConfiguration withPriority(int other) {
        return new PairConfiguration(other, interval, fileWeight, scriptWeight, addresses, excluded, extra);
    }

    PairConfiguration withInterval(String other) {
        return new PairConfiguration(priority, other, fileWeight, scriptWeight, addresses, excluded, extra);
    }

    PairConfiguration withFileWeight(int other) {
        return new PairConfiguration(priority, interval, other, scriptWeight, addresses, excluded, extra);
    }

    PairConfiguration withScriptWeight(int other) {
        return new PairConfiguration(priority, interval, fileWeight, other, addresses, excluded, extra);
    }

    PairConfiguration withUsualInterval() {
        return withInterval(USUAL_INTERVAL);
    }

    /** With a second address, or without. */
    PairConfiguration withSecondAddress(boolean whether) {
        List<String> vips = whether ? List.of(VIP_SOLO, VIP_SECOND) : List.of(VIP_SOLO);
        return new PairConfiguration(priority, interval, fileWeight, scriptWeight, vips, excluded, extra);
    }

    /** With an address that is not advertised, or without. */
    PairConfiguration withExcluded(boolean whether) {
        List<String> vips = whether ? List.of(VIP_EXCLUDED) : List.of();
        return new PairConfiguration(priority, interval, fileWeight, scriptWeight, addresses, vips, extra);
    }

    /** With one router more, or without. */
    PairConfiguration withExtra(boolean whether) {
        return new PairConfiguration(priority, interval, fileWeight, scriptWeight, addresses, excluded, whether);
    }

    /** The addresses of a host that is master of all this. */
    List<String> vips() {
        return Stream.of(
                        addresses,
                        excluded,
                        List.of(VIP_INSIDE, VIP_OUTSIDE),
                        extra ? List.of(VIP_EXTRA) : List.<String>of())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The file. Keepalived has no second decimal in an interval of a script before 2.2.8, so that it is a second; a
     * busy machine may take longer than that to run one.
     */
    String text(Notices notices) {
        String ofSolo = """
                skip_check_adv_addr
                virtual_ipaddress_excluded {
                    %s
                }
                track_script {
                    chk
                }
                track_file {
                    switch
                }
                """.formatted(lines(excluded));
        return notices.globals()
                + """
                  vrrp_script chk {
                      script "/usr/bin/test ! -e %1$s"
                      interval 1
                      timeout 30
                      weight %2$d
                  }
                  track_file switch {
                      file %3$s
                      weight %4$d
                      init_file 0
                  }
                  vrrp_sync_group G {
                      group {
                          INSIDE
                          OUTSIDE
                      }
                      %5$s
                  }
                  """.formatted(
                        notices.file("broken"), scriptWeight, notices.file("switch"), fileWeight, notices.of("G"))
                + instance("SOLO", "eth0", 51, interval, addresses, ofSolo + notices.of("SOLO"))
                + instance("INSIDE", "eth0", 61, USUAL_INTERVAL, List.of(VIP_INSIDE), notices.of("INSIDE"))
                + instance("OUTSIDE", "eth1", 62, USUAL_INTERVAL, List.of(VIP_OUTSIDE), notices.of("OUTSIDE"))
                + (extra ? instance("EXTRA", "eth0", 71, USUAL_INTERVAL, List.of(VIP_EXTRA), notices.of("EXTRA")) : "");
    }

    private String instance(String name, String device, int vrid, String interval, List<String> vips, String more) {
        return INSTANCE.formatted(name, device, vrid, priority, interval, lines(vips), more);
    }

    private static String lines(List<String> addresses) {
        return String.join("\n", addresses.stream().map(each -> each + "/24").toList());
    }
}
