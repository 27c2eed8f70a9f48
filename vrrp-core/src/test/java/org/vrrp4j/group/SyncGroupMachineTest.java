package org.vrrp4j.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;

class SyncGroupMachineTest {
    private static final MemberState BACKUP = new MemberState(Role.BACKUP, Cause.STARTUP, false, false, false, "");
    private static final MemberState WANTS = new MemberState(Role.BACKUP, Cause.STARTUP, true, false, false, "");
    private static final MemberState MASTER = new MemberState(Role.MASTER, Cause.MASTER_DOWN, false, false, false, "");
    private static final MemberState HOLDS = new MemberState(Role.MASTER, Cause.MASTER_DOWN, false, true, false, "");
    private static final MemberState YIELDED =
            new MemberState(Role.BACKUP, Cause.HIGHER_PRIORITY, false, false, false, "");
    private static final MemberState FAULT =
            new MemberState(Role.FAULT, Cause.LINK_DOWN, false, false, false, "the link is down");

    private final SyncGroupMachine group = new SyncGroupMachine(List.of("in", "out"));

    private void bothAre(MemberState state) {
        group.onMember("in", state);
        group.onMember("out", state);
    }

    private static GroupEffect told(Role from, Role to) {
        return new GroupEffect.TellRole(from, to);
    }

    @Test
    void nobodyBecomesMasterBeforeAllWantTo() {
        assertThat(group.onMember("in", BACKUP)).isEmpty();
        assertThat(group.onMember("out", BACKUP)).containsExactly(told(Role.INIT, Role.BACKUP));
        assertThat(group.onMember("in", WANTS)).isEmpty();
        assertThat(group.onMember("out", WANTS))
                .containsExactly(new GroupEffect.PermitMaster("in"), new GroupEffect.PermitMaster("out"));
    }

    @Test
    void oneThatHearsABetterMasterWantsNoMore() {
        bothAre(BACKUP);
        group.onMember("in", WANTS);
        group.onMember("in", BACKUP);
        assertThat(group.onMember("out", WANTS)).isEmpty();
    }

    @Test
    void itIsMasterWhenAllHoldTheirAddressesAndStaysSoWhileOneIsPutBack() {
        bothAre(BACKUP);
        assertThat(group.onMember("in", HOLDS)).isEmpty();
        assertThat(group.onMember("out", MASTER)).isEmpty();
        assertThat(group.onMember("out", HOLDS)).containsExactly(told(Role.BACKUP, Role.MASTER));
        assertThat(group.onMember("out", MASTER)).isEmpty();
        assertThat(group.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void oneThatYieldsTakesAllWithItAndAHandOverIsOneOfAll() {
        bothAre(HOLDS);
        assertThat(group.onMember("out", YIELDED)).containsExactly(new GroupEffect.GiveUpMaster("in", "out", false));
        assertThat(group.onMember("in", BACKUP)).containsExactly(told(Role.MASTER, Role.BACKUP));

        bothAre(HOLDS);
        assertThat(group.onMember("in", new MemberState(Role.BACKUP, Cause.HANDED_OVER, false, false, false, "")))
                .contains(new GroupEffect.GiveUpMaster("out", "in", true));
    }

    @Test
    void oneInFaultTakesAllThereAndTheyRecoverWithIt() {
        bothAre(HOLDS);
        assertThat(group.onMember("in", FAULT))
                .containsExactly(new GroupEffect.RaiseFault("out", "in: the link is down"));
        MemberState forTheGroup = new MemberState(Role.FAULT, Cause.GROUP, false, false, false, "");
        assertThat(group.onMember("out", forTheGroup)).containsExactly(told(Role.MASTER, Role.FAULT));
        assertThat(group.onMember("in", BACKUP)).containsExactly(new GroupEffect.ClearFault("out"));
        assertThat(group.onMember("out", BACKUP)).containsExactly(told(Role.FAULT, Role.BACKUP));
    }

    @Test
    void itIsToldAfterItsRouters() {
        bothAre(HOLDS);
        MemberState leaving = new MemberState(Role.INIT, Cause.SHUTDOWN, false, true, true, "");
        assertThat(group.onMember("in", leaving)).isEmpty();
        assertThat(group.onMember("in", MemberState.INITIAL)).isEmpty();
        assertThat(group.onMember("out", leaving)).isEmpty();
        assertThat(group.onMember("out", MemberState.INITIAL)).containsExactly(told(Role.MASTER, Role.INIT));
    }

    @Test
    void twoFaultsKeepEachOtherInUntilBothHaveEnded() {
        bothAre(BACKUP);
        group.onMember("in", FAULT);
        assertThat(group.onMember("out", FAULT)).contains(new GroupEffect.RaiseFault("in", "out: the link is down"));
        MemberState stillInFault = new MemberState(Role.FAULT, Cause.LINK_DOWN, false, false, false, "");
        assertThat(group.onMember("in", stillInFault)).containsExactly(new GroupEffect.ClearFault("out"));
        assertThat(group.onMember("out", BACKUP)).containsExactly(new GroupEffect.ClearFault("in"));
    }

    @Test
    void aGroupOfOneDoesWhatItsRouterDoes() {
        SyncGroupMachine alone = new SyncGroupMachine(List.of("in"));
        alone.onMember("in", BACKUP);
        assertThat(alone.onMember("in", WANTS)).containsExactly(new GroupEffect.PermitMaster("in"));
        assertThat(alone.onMember("in", HOLDS)).containsExactly(told(Role.BACKUP, Role.MASTER));
        assertThat(alone.onMember("in", FAULT)).containsExactly(told(Role.MASTER, Role.FAULT));
    }
}
