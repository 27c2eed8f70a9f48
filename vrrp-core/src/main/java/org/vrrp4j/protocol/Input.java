package org.vrrp4j.protocol;

import java.net.InetAddress;
import java.time.Duration;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.packet.ReceivedAdvertisement;

/** Everything that can happen to a virtual router. Inputs that mean nothing in the present role change nothing. */
public sealed interface Input {

    /** Hands the input to the method that handles its kind. */
    void dispatch(Handler handler);

    /**
     * The router may take part from now on: its transport receives, and the host's addresses are known.
     *
     * @param hostDelay how long it must wait for the sake of the host, if that is longer than its own start-up delay
     */
    record Started(Duration hostDelay) implements Input {
        /** Without a wait for the host. */
        public Started() {
            this(Duration.ZERO);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.onStarted(hostDelay);
        }
    }

    /** The router must end: RFC 9568 calls this the Shutdown event. */
    record Stopped() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onStopped();
        }
    }

    /** A deadline may have come. Too early a call changes nothing. */
    record TimePassed() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onTimePassed();
        }
    }

    /**
     * An advertisement with this router's VRID, which passed the checks of its format.
     *
     * @param received the advertisement
     */
    record AdvertisementHeard(ReceivedAdvertisement received) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onAdvertisementHeard(received);
        }
    }

    /**
     * Something keeps the router out of the election.
     *
     * @param fault what
     * @param detail more about it, may be empty
     */
    record FaultRaised(Fault fault, String detail) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onFaultRaised(fault, detail);
        }
    }

    /**
     * A fault has ended.
     *
     * @param fault which
     */
    record FaultCleared(Fault fault) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onFaultCleared(fault);
        }
    }

    /**
     * Advertisements are sent from this address from now on.
     *
     * @param source the primary address of the interface
     */
    record SourceChanged(InetAddress source) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onSourceChanged(source);
        }
    }

    /**
     * What the router tracks has changed its priority.
     *
     * @param adjustment what is added to the configured priority from now on, perhaps negative; the sum is kept between
     *     1 and 254, and an owner's does not change
     */
    record PriorityAdjusted(int adjustment) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onPriorityAdjusted(adjustment);
        }
    }

    /** The router belongs to a sync group: from now on it becomes master only with {@link GroupPermitted}. */
    record GroupJoined() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onGroupJoined();
        }
    }

    /** The router may become master now, if it {@link RouterMachine#wantsMaster wants to}. */
    record GroupPermitted() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onGroupPermitted();
        }
    }

    /** The router belongs to no sync group any more: if it {@link RouterMachine#wantsMaster wants to}, it is master. */
    record GroupLeft() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onGroupLeft();
        }
    }

    /**
     * Another router of the group is master no more, so this one must not be either; without priority 0.
     *
     * @param member the other one
     */
    record GroupGaveUp(String member) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onGroupGaveUp(member);
        }
    }

    /** {@link Effect.AcquireAddresses} has succeeded. */
    record AddressesAcquired() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onAddressesAcquired();
        }
    }

    /**
     * {@link Effect.AcquireAddresses} or {@link Effect.ChangeAddresses} has failed; no address is in place.
     *
     * @param fault what follows from it
     * @param detail the error
     */
    record AcquireFailed(Fault fault, String detail) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onAcquireFailed(fault, detail);
        }
    }

    /** {@link Effect.ChangeAddresses} has succeeded. */
    record AddressesChanged() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onAddressesChanged();
        }
    }

    /** {@link Effect.ReleaseAddresses} has come to its end, well or not. */
    record AddressesReleased() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onAddressesReleased();
        }
    }

    /**
     * An acquired address is no longer on this host.
     *
     * @param address which
     */
    record AddressVanished(InetAddress address) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onAddressVanished(address);
        }
    }

    /**
     * A route or rule that came with the addresses is no longer on this host.
     *
     * @param what which, in words
     */
    record RoutingVanished(String what) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onRoutingVanished(what);
        }
    }

    /** The addresses are behind another MAC address from now on: neighbours must hear of it at once. */
    record MacChanged() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onMacChanged();
        }
    }

    /**
     * Another host says that it has an address of ours, by ARP or neighbour discovery. A claim that goes on is told at
     * most once a second.
     *
     * @param address which address
     * @param holder the MAC address that is said to have it, none of this host's
     */
    record OtherHolderHeard(InetAddress address, MacAddress holder) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onOtherHolderHeard(address, holder);
        }
    }

    /** An {@link Effect.SendAdvertisement} has failed: the peers have not heard of us. */
    record SendFailed() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onSendFailed();
        }
    }

    /** An {@link Effect.SendAdvertisement} has gone out, the first since one failed. */
    record SendRecovered() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onSendRecovered();
        }
    }

    /**
     * A master is to leave its role to a peer. It takes over again only if nobody does, or when its successor fails or
     * gives up: until then it does not preempt, unless it is {@link Reconfigured}.
     */
    record HandedOver() implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onHandedOver();
        }
    }

    /**
     * The router runs with another configuration from now on.
     *
     * @param config of the same router, name and version
     */
    record Reconfigured(RouterConfig config) implements Input {
        @Override
        public void dispatch(Handler handler) {
            handler.onReconfigured(config);
        }
    }

    /** One method for each kind of input, so that a new kind does not compile until it is handled. */
    interface Handler {
        /** See {@link Started}. */
        void onStarted(Duration hostDelay);

        /** See {@link Stopped}. */
        void onStopped();

        /** See {@link TimePassed}. */
        void onTimePassed();

        /** See {@link AdvertisementHeard}. */
        void onAdvertisementHeard(ReceivedAdvertisement received);

        /** See {@link FaultRaised}. */
        void onFaultRaised(Fault fault, String detail);

        /** See {@link FaultCleared}. */
        void onFaultCleared(Fault fault);

        /** See {@link SourceChanged}. */
        void onSourceChanged(InetAddress source);

        /** See {@link GroupJoined}. */
        void onGroupJoined();

        /** See {@link GroupPermitted}. */
        void onGroupPermitted();

        /** See {@link GroupLeft}. */
        void onGroupLeft();

        /** See {@link GroupGaveUp}. */
        void onGroupGaveUp(String member);

        /** See {@link PriorityAdjusted}. */
        void onPriorityAdjusted(int adjustment);

        /** See {@link AddressesAcquired}. */
        void onAddressesAcquired();

        /** See {@link AcquireFailed}. */
        void onAcquireFailed(Fault fault, String detail);

        /** See {@link AddressesChanged}. */
        void onAddressesChanged();

        /** See {@link AddressesReleased}. */
        void onAddressesReleased();

        /** See {@link AddressVanished}. */
        void onAddressVanished(InetAddress address);

        /** See {@link RoutingVanished}. */
        void onRoutingVanished(String what);

        /** See {@link MacChanged}. */
        void onMacChanged();

        /** See {@link OtherHolderHeard}. */
        void onOtherHolderHeard(InetAddress address, MacAddress holder);

        /** See {@link SendFailed}. */
        void onSendFailed();

        /** See {@link SendRecovered}. */
        void onSendRecovered();

        /** See {@link HandedOver}. */
        void onHandedOver();

        /** See {@link Reconfigured}. */
        void onReconfigured(RouterConfig config);
    }
}
