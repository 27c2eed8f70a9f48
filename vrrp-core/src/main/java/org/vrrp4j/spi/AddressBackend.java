package org.vrrp4j.spi;

import java.util.concurrent.CompletionStage;

/**
 * Puts virtual addresses in place and takes them away: rtnetlink on Linux, or the API of a cloud.
 *
 * <p><b>Thread:</b> the loop's; stages may be completed on any. <b>Blocking:</b> never; a slow backend completes its
 * stages later, and advertisements go on meanwhile. <b>Failure:</b> a stage fails with {@link AddressException}, whose
 * fault says what the router does. <b>Idempotence:</b> acquiring what is held and releasing what is not succeed. Per
 * claim, one acquire, change or release is under way at a time; renewals go on meanwhile.
 */
public interface AddressBackend extends AutoCloseable {

    /**
     * Takes charge of a claim before its router runs, and from now on tells the listener what others do to the
     * addresses. What a dead predecessor of ours left behind is removed, but for what is acquired as soon as the stage
     * is complete, as by a router that is master at once: that may be taken over without a gap. An address that
     * somebody else put on this host, or that another living node of ours has charge of, is left alone and told as
     * {@link AddressListener#onForeignAddress}, within the call if it is there already. A backend that has no routes,
     * rules or filter fails here, and at each acquire, if the claim wants them: {@link
     * AddressClaim#requireAddressesOnly}.
     *
     * @return completes when the state of the host is known
     */
    CompletionStage<Void> register(AddressClaim claim, AddressListener listener);

    /**
     * Puts all addresses of the claim in place, leased for {@link AddressClaim#lease()}, and then its routes and rules;
     * after a failure nothing is. An address that is not to accept packets never does, from its first moment on.
     */
    CompletionStage<Void> acquire(AddressClaim claim);

    /**
     * Lets a registered claim be another one of the same router, with the same listener. If the old one is held, so is
     * the new one afterwards: what is only in the new one is put in place, what is only in the old one taken away, and
     * what is in both is there all the time and has the new lease. Otherwise nothing but the charge changes. After a
     * failure no address of either is held. Either way the new claim counts from the call on.
     */
    CompletionStage<Void> change(AddressClaim from, AddressClaim to);

    /** Extends the lease of a held claim, without a gap. A failure is the listener's or a later call's business. */
    void renew(AddressClaim claim);

    /** Takes rules, routes and then all addresses of the claim away. */
    CompletionStage<Void> release(AddressClaim claim);

    /** Ends the charge of a released claim; its listener hears nothing any more. */
    void unregister(AddressClaim claim);

    /**
     * Takes away everything that is still held and closes. A node that stops does not wait for ever: what an acquire
     * still under way puts in place later must go as well.
     */
    @Override
    void close();
}
