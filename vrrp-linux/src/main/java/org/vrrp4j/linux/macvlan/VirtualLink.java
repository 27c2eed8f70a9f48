package org.vrrp4j.linux.macvlan;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.route.LinkMessage;
import org.vrrp4j.model.Fault;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.spi.AddressClaim;
import org.vrrp4j.spi.AddressException;
import org.vrrp4j.spi.AddressListener;

/**
 * The interface of one router's virtual MAC address: there while the interface below is there, up while it is wanted.
 * Also stands between the address backend and the router, to which "somebody else's" may be said by both.
 */
final class VirtualLink implements AddressListener {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualLink.class);
    private static final int UP_ATTEMPTS = 3;

    private final VirtualLinks links;
    private AddressClaim claim;
    private final AddressListener listener;
    private final String name;
    private final MacAddress mac;
    private String neighbour;
    private String foreign;
    private boolean foreignAddress;
    private boolean wanted;
    private boolean seen;
    private boolean ended;
    /** The kernel has refused to set it down or to remove it, which would be tried for ever. */
    private boolean stuck;

    private IOException failure;
    private int failedOn;
    private CompletionStage<Void> pending;

    VirtualLink(VirtualLinks links, AddressClaim claim, AddressListener listener) {
        this.links = links;
        this.claim = claim;
        this.listener = listener;
        name = claim.device();
        mac = claim.virtualMac().orElseThrow().addressOf(claim.router());
    }

    String name() {
        return name;
    }

    /** The families of the addresses that it holds, and that of its router. */
    Set<IpFamily> families() {
        Set<IpFamily> families = EnumSet.of(claim.router().family());
        claim.addresses().stream()
                .filter(address -> claim.deviceOf(address).equals(name))
                .forEach(address -> families.add(IpFamily.of(address.address())));
        return families;
    }

    /**
     * Its claim is another one of the same router from now on.
     *
     * @throws IOException if the interface cannot be made fit for a family that is new
     */
    void onChanged(AddressClaim next) throws IOException {
        Set<IpFamily> before = families();
        claim = next;
        Optional<LinkMessage> there = link();
        Optional<LinkMessage> base = links.find(claim.router().interfaceName());
        if (!before.containsAll(families()) && foreign == null && there.isPresent() && base.isPresent()) {
            links.configure(there.get(), base.get(), claim.router(), families());
        }
    }

    /** Somebody else has charge of the name, in words; null if it is ours. */
    void onCharge(String other) {
        neighbour = other;
    }

    /** Something may have changed: puts right what is not as it should be. */
    void reconcile() {
        if (pending != null || ended) {
            return;
        }
        try {
            ensureThere();
        } catch (AddressException e) {
            // told by the next acquire, and before that by the registration
            LOG.debug("{} is not there", name, e);
        }
        if (pending != null || foreign != null) {
            return;
        }
        Optional<LinkMessage> there = link();
        if (there.isPresent() && there.get().has(LinkMessage.IFF_UP) != wanted) {
            if (wanted) {
                trySetUp(there.get());
            } else if (!stuck) {
                down();
            }
        }
    }

    private void trySetUp(LinkMessage there) {
        try {
            setUp(there, true);
            listener.onMacChanged();
        } catch (LinuxException e) {
            // before it is deleted it goes down
            if (!e.is(Errno.ENODEV)) {
                LOG.warn("{}: {}", claim.router(), e.getMessage());
            }
        }
    }

    private Optional<LinkMessage> link() {
        return links.find(name);
    }

    /** Makes the interface if it is not there, unless the one below is missing: it is made when that comes. */
    void ensureThere() throws AddressException {
        judgeForeign();
        if (foreign != null) {
            throw new AddressException(Fault.FOREIGN_ADDRESS, foreign, null);
        }
        Optional<LinkMessage> base = links.find(claim.router().interfaceName());
        Optional<LinkMessage> there = link();
        if (there.isPresent() && !fits(there.get(), base)) {
            if (stuck) {
                throw new AddressException(Fault.ADDRESS_FAILED, "interface " + name + " cannot be removed", null);
            }
            LOG.info("{}: interface {} is of an earlier time and is made anew", claim.router(), name);
            remove(there.get());
            return;
        }
        if (there.isEmpty() && base.isPresent() && base.get().index() != failedOn) {
            make(base.get());
        }
        if (link().isPresent()) {
            seen = true;
            links.ownership().onOurs(claim.router(), name);
        }
    }

    private boolean fits(LinkMessage there, Optional<LinkMessage> base) {
        return there.mac().filter(mac::equals).isPresent()
                && base.filter(below -> below.index() == there.parentIndex()).isPresent();
    }

    private void make(LinkMessage base) throws AddressException {
        try {
            links.make(name, mac, base, claim.router(), families());
            if (seen) {
                LOG.warn("{}: interface {} had gone, and was made anew", claim.router(), name);
            } else {
                LOG.info("{}: interface {} with the MAC address {} is on {}", claim.router(), name, mac, base.name());
            }
            failure = null;
            failedOn = 0;
        } catch (IOException e) {
            failure = e;
            // what was half made is gone again, of which we hear, and would try again and again
            failedOn = base.index();
            throw new AddressException(Fault.ADDRESS_FAILED, explain(e), e);
        }
    }

    private static String explain(IOException e) {
        boolean unknown = e instanceof LinuxException refused && refused.is(Errno.EOPNOTSUPP);
        return e.getMessage() + (unknown ? "; this kernel has no macvlan: load the module macvlan" : "");
    }

    /** Why it is not there, if it could not be made. */
    Optional<AddressException> failure() {
        return Optional.ofNullable(failure)
                .map(cause -> new AddressException(Fault.ADDRESS_FAILED, explain(cause), cause));
    }

    private void judgeForeign() {
        String before = foreign;
        foreign = neighbour;
        Optional<LinkMessage> there = link();
        if (foreign == null && there.isPresent() && LinkAlias.of(there.get()).isEmpty()) {
            foreign = "there is an interface " + name + " that is none of ours: delete it (ip link del " + name
                    + "), or give the virtual MAC address of " + claim.router() + " another name";
        }
        if (foreign != null && before == null) {
            listener.onForeignAddress(claim.addresses().get(0), foreign);
        } else if (foreign == null && before != null && !foreignAddress) {
            listener.onForeignAddressGone();
        }
    }

    /** Runs something once nothing is under way any more. */
    CompletionStage<Void> whenIdle(Supplier<CompletionStage<Void>> operation) {
        return pending == null ? operation.get() : pending.thenCompose(nothing -> whenIdle(operation));
    }

    /** Has it up from now on; false if it must be made anew, and so a later call is needed: {@link #whenIdle}. */
    boolean up() throws AddressException {
        boolean again = wanted && seen;
        wanted = true;
        stuck = false;
        failedOn = 0;
        for (int attempt = 0; attempt < UP_ATTEMPTS; attempt++) {
            ensureThere();
            if (pending != null) {
                return false;
            }
            LinkMessage there = link().orElseThrow(() -> new AddressException(
                    Fault.ADDRESS_FAILED,
                    "no interface " + claim.router().interfaceName() + " to make " + name + " on",
                    null));
            try {
                if (!there.has(LinkMessage.IFF_UP)) {
                    setUp(there, again);
                }
                return true;
            } catch (LinuxException e) {
                if (!e.is(Errno.ENODEV)) {
                    throw new AddressException(Fault.ADDRESS_FAILED, e.getMessage(), e);
                }
                // it is being deleted, of which it is told by now
                links.catchUp();
            }
        }
        throw new AddressException(Fault.ADDRESS_FAILED, "interface " + name + " is deleted again and again", null);
    }

    private void setUp(LinkMessage there, boolean again) throws LinuxException {
        links.setUp(there);
        if (again) {
            LOG.warn("{}: interface {} was down, and is up again", claim.router(), name);
        }
    }

    /** Has it down from now on. */
    CompletionStage<Void> down() {
        wanted = false;
        Optional<LinkMessage> there = link();
        if (there.isEmpty()
                || pending != null
                || foreign != null
                || !there.get().has(LinkMessage.IFF_UP)) {
            return pending == null ? CompletableFuture.completedFuture(null) : pending;
        }
        return follow(links.setDown(there.get()));
    }

    private void remove(LinkMessage there) {
        follow(links.remove(there));
    }

    private CompletionStage<Void> follow(CompletionStage<Boolean> request) {
        pending = request.thenAccept(done -> {
            pending = null;
            stuck = !done;
            if (!ended) {
                links.catchUp();
            }
        });
        return pending;
    }

    /** Ends it; removes the interface if it is ours. */
    CompletionStage<Void> end() {
        ended = true;
        wanted = false;
        Optional<LinkMessage> there = link();
        boolean ours = neighbour == null && there.flatMap(LinkAlias::of).isPresent();
        return (ours ? links.remove(there.get()) : CompletableFuture.completedFuture(true))
                .thenRun(() -> links.ownership().onNotOurs(claim.router()));
    }

    @Override
    public void onForeignAddress(VirtualAddress address, String where) {
        foreignAddress = true;
        listener.onForeignAddress(address, where);
    }

    @Override
    public void onForeignAddressGone() {
        foreignAddress = false;
        if (foreign == null) {
            listener.onForeignAddressGone();
        }
    }

    /** With an interface that goes down, IPv6 addresses go by themselves. */
    @Override
    public void onAddressLost(VirtualAddress address) {
        if (wanted) {
            listener.onAddressLost(address);
        }
    }

    @Override
    public void onRoutingLost(String what) {
        listener.onRoutingLost(what);
    }

    @Override
    public void onMacChanged() {
        listener.onMacChanged();
    }

    @Override
    public void onOtherHolder(VirtualAddress address, MacAddress holder) {
        listener.onOtherHolder(address, holder);
    }
}
