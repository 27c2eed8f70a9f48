package org.vrrp4j.sim;

import java.util.List;

/** The invariants of every network, whatever fails in it. That there is one master is none of them: VRRP allows two. */
public final class Invariants {

    private Invariants() {}

    /** New ones, for one simulation. */
    public static List<Invariant> standard() {
        return List.of(
                new AddressesFollowRole(),
                new EveryAcquireHasItsRelease(),
                new OnlyAMasterAdvertises(),
                new OnlyAHolderAnnounces(),
                new ToldRolesAreAChain(),
                new GroupsMoveTogether(),
                new RejectedPacketsChangeNothing());
    }
}
