package org.vrrp4j.keepalived;

import org.vrrp4j.model.Priority;
import org.vrrp4j.model.VrrpVersion;

/** What an instance says that does not go with strict mode, each with its line. */
final class StrictRules {
    /** RFC 9568, 6.1. */
    static final int DOWN_TIMER_ADVERTS = 3;

    private final InstanceDraft draft;
    private final GlobalDraft globals;
    private final Reading reading;

    StrictRules(InstanceDraft draft, GlobalDraft globals, Reading reading) {
        this.draft = draft;
        this.globals = globals;
        this.reading = reading;
    }

    void check(VrrpVersion version, int priority) {
        checkState(priority);
        checkDownTimer();
        if (draft.given("unicast_peer") != null) {
            reading.error(draft.given("unicast_peer"), "strict mode has no unicast peers, as no RFC knows them");
        }
        if (draft.preemptDelay.filter(delay -> !delay.isZero()).isPresent()) {
            reading.warning(draft.given("preempt_delay"), "strict mode has no preempt_delay: it is ignored");
        }
        if (version == VrrpVersion.V2 && draft.given("accept") != null) {
            reading.warning(
                    draft.given("accept"),
                    "strict mode has no accept in version 2 (RFC 3768, 6.4.3): packets to the addresses are not"
                            + " accepted");
        }
        for (String keyword : new String[] {"garp_lower_prio_delay", "garp_lower_prio_repeat"}) {
            if (draft.given(keyword) != null) {
                reading.warning(
                        draft.given(keyword),
                        "strict mode has no announcements after a lower-priority advertisement; they are made all the"
                                + " same");
            }
        }
    }

    private void checkState(int priority) {
        boolean owner = priority == Priority.OWNER;
        if (draft.state.isPresent() && draft.state.get().equals("MASTER") != owner) {
            reading.warning(
                    draft.given("state"),
                    "in strict mode state MASTER goes with priority 255 and with no other: '" + draft.state.get()
                            + "' is read as " + (owner ? "MASTER" : "BACKUP"));
        }
    }

    private void checkDownTimer() {
        String rule = " must be " + DOWN_TIMER_ADVERTS + " in strict mode, and is";
        if (draft.downTimerAdverts.orElse(DOWN_TIMER_ADVERTS) != DOWN_TIMER_ADVERTS) {
            reading.warning(draft.given("down_timer_adverts"), "down_timer_adverts" + rule);
        } else if (draft.downTimerAdverts.isEmpty() && globals.downTimerAdverts != DOWN_TIMER_ADVERTS) {
            reading.warning(
                    draft.position(),
                    "vrrp_down_timer_adverts" + rule + " for vrrp_instance " + Found.quote(draft.name));
        }
    }
}
