package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrp4j.config.HostSetting;

/** Keywords that set something on the host. */
class HostSettingsTest {
    @Test
    @DisplayName("promote_secondaries is of an instance, disable_local_igmp of the node")
    void settings() {
        String[] lines = {"global_defs {\ndisable_local_igmp\n}", Conf.instance("promote_secondaries")};
        assertThat(Conf.problems(lines)).isEmpty();
        assertThat(Conf.router(lines).resources().settings()).containsExactly(HostSetting.PROMOTE_SECONDARIES);
        assertThat(Conf.router(lines).toBuilder().build().resources().settings())
                .containsExactly(HostSetting.PROMOTE_SECONDARIES);
        assertThat(Conf.parse(lines).nodeConfig().staticResources().settings())
                .isEqualTo(Set.of(HostSetting.NO_LOCAL_IGMP_REPORTS));
        assertThat(Conf.router(Conf.instance()).resources().settings()).isEmpty();
        assertThat(Conf.parse(Conf.instance()).nodeConfig().staticResources().isEmpty())
                .isTrue();
    }
}
