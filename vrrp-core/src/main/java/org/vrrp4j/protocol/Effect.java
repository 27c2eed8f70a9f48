package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.vrrp4j.config.RouterResources;
import org.vrrp4j.model.Cause;
import org.vrrp4j.model.Role;
import org.vrrp4j.model.VrrpEvent;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.PacketRejection;

/**
 * Everything that a virtual router wants done. The caller runs effects in the order of the list, and the order is a
 * contract:
 *
 * <ul>
 *   <li>Becoming master: {@link SendAdvertisement}, {@link AcquireAddresses}; and once {@link
 *     Input.AddressesAcquired} came in, {@link Announce}, {@link TellRoleChange}.
 *   <li>Leaving: {@link ReleaseAddresses}; and once {@link Input.AddressesReleased} came in (or did not come for an
 *       advertisement interval, at most a second), the {@link SendAdvertisement} of priority 0 if the router gives up
 *       by itself, then {@link TellRoleChange}. A master that yields to a better one advertises its own priority once
 *       more before it releases, so that the other one, which may never have heard it, announces the addresses again.
 *   <li>{@link RenewAddresses} follows a {@link SendAdvertisement}, and must be left out if that failed.
 *   <li>{@link AnnounceNext} follows the {@link SendAdvertisement} of the timer, and must be left out if that failed.
 *   <li>A new configuration of a master: {@link SendAdvertisement} if its content is new, {@link ChangeAddresses} if
 *       the addresses or their lease are; and once {@link Input.AddressesChanged} came in, {@link Announce}.
 *   <li>Acquire and release alternate, but for an acquire that failed or puts a vanished address back; and the next
 *     one, or a change, comes only after the answer to the last.
 *   <li>What {@link TellRoleChange} tells is a chain: each {@code from} is the {@code to} before it.
 * </ul>
 */
public sealed interface Effect {

    /** Hands the effect to the method that runs its kind. */
    void dispatch(Handler handler);

    /**
     * Send this advertisement now. The machine uses one object as long as the content stays, so that its encoded form
     * can be kept.
     *
     * @param advertisement what to send
     */
    record SendAdvertisement(Advertisement advertisement) implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.sendAdvertisement(advertisement);
        }
    }

    /** Put the addresses in place, then answer with {@link Input.AddressesAcquired} or {@link Input.AcquireFailed}. */
    record AcquireAddresses() implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.acquireAddresses();
        }
    }

    /**
     * From now on the addresses are these. If the old ones are in place, put the new ones in place, take away what is
     * not among them, and touch what is in both only to give it the new lease. Then answer with
     * {@link Input.AddressesChanged} or {@link Input.AcquireFailed}; after either the new ones count.
     *
     * @param resources the addresses, and what goes with them
     * @param lease for how long they may outlive the last renewal
     */
    record ChangeAddresses(RouterResources resources, Duration lease) implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.changeAddresses(this);
        }
    }

    /** Extend the lease of the addresses. */
    record RenewAddresses() implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.renewAddresses();
        }
    }

    /** Take the addresses away, then answer with {@link Input.AddressesReleased}. */
    record ReleaseAddresses() implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.releaseAddresses();
        }
    }

    /** Tell the link where the addresses are. */
    record Announce() implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.announce();
        }
    }

    /**
     * Tell the link where the next addresses in turn are, as many as the share of the router allows now, be it none:
     * what goes along with each advertisement must not add up on a link with many routers.
     */
    record AnnounceNext() implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.announceNext();
        }
    }

    /** Tell the link where one address of each interface is that advertisements do not come from. */
    record AnnounceInterfaces() implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.announceInterfaces();
        }
    }

    /**
     * Tell the listener.
     *
     * @param from the role told before
     * @param to the role now
     * @param cause why
     * @param detail more about the cause, may be empty
     * @param master the master's primary address, if there is one and it is not this node
     */
    record TellRoleChange(Role from, Role to, Cause cause, String detail, Optional<InetAddress> master)
            implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.tellRoleChange(this);
        }
    }

    /**
     * Tell the listener of something that is no change of role.
     *
     * @param event what happened
     */
    record Report(VrrpEvent event) implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.report(event);
        }
    }

    /**
     * Count a packet that failed a check of the configuration.
     *
     * @param source who sent it
     * @param rejection the failed check
     */
    record RejectPacket(InetAddress source, PacketRejection rejection) implements Effect {
        @Override
        public void dispatch(Handler handler) {
            handler.rejectPacket(source, rejection);
        }
    }

    /** One method for each kind of effect, so that a new kind does not compile until everybody runs it. */
    interface Handler {
        /** See {@link SendAdvertisement}. */
        void sendAdvertisement(Advertisement advertisement);

        /** See {@link AcquireAddresses}. */
        void acquireAddresses();

        /** See {@link ChangeAddresses}. */
        void changeAddresses(ChangeAddresses change);

        /** See {@link RenewAddresses}. */
        void renewAddresses();

        /** See {@link ReleaseAddresses}. */
        void releaseAddresses();

        /** See {@link Announce}. */
        void announce();

        /** See {@link AnnounceNext}. */
        void announceNext();

        /** See {@link AnnounceInterfaces}. */
        void announceInterfaces();

        /** See {@link TellRoleChange}. */
        void tellRoleChange(TellRoleChange change);

        /** See {@link Report}. */
        void report(VrrpEvent event);

        /** See {@link RejectPacket}. */
        void rejectPacket(InetAddress source, PacketRejection rejection);
    }
}
