package org.vrrp4j.group;

import org.vrrp4j.model.Role;

/** Everything that a group wants done, in the order of the list. */
public sealed interface GroupEffect {

    /**
     * This router may become master, as all want to.
     *
     * @param member its name
     */
    record PermitMaster(String member) implements GroupEffect {}

    /**
     * This master must become backup.
     *
     * @param member its name
     * @param because which router did before
     * @param handedOver whether that gave its role to a peer, so that the peers of this one are told too
     */
    record GiveUpMaster(String member, String because, boolean handedOver) implements GroupEffect {}

    /**
     * This router must be in FAULT as another one is.
     *
     * @param member its name
     * @param detail which one, and why
     */
    record RaiseFault(String member, String detail) implements GroupEffect {}

    /**
     * The group does not keep this router in FAULT any more.
     *
     * @param member its name
     */
    record ClearFault(String member) implements GroupEffect {}

    /**
     * The group has another role.
     *
     * @param from the role told before
     * @param to the role now
     */
    record TellRole(Role from, Role to) implements GroupEffect {}
}
