package org.vrrp4j.linux.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vrrp4j.config.VirtualAddress;
import org.vrrp4j.model.MacAddress;
import org.vrrp4j.spi.AddressListener;
import org.vrrp4j.spi.LinkMonitor;
import org.vrrp4j.spi.LinkState;

/** Keeps what it hears, as text. */
public final class RecordingListener implements AddressListener, LinkMonitor.LinkListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** What it has heard since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    /** What it has heard. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void onForeignAddress(VirtualAddress address, String where) {
        heard.add("foreign " + address + ": " + where);
    }

    @Override
    public void onForeignAddressGone() {
        heard.add("foreign gone");
    }

    @Override
    public void onAddressLost(VirtualAddress address) {
        heard.add("lost " + address);
    }

    @Override
    public void onRoutingLost(String what) {
        heard.add("lost " + what);
    }

    @Override
    public void onMacChanged() {
        heard.add("mac changed");
    }

    @Override
    public void onOtherHolder(VirtualAddress address, MacAddress holder) {
        heard.add("other holder " + address + " " + holder);
    }

    @Override
    public void onLink(LinkState state) {
        heard.add(state.name()
                + (state.present() ? " present" : " missing")
                + (state.up() ? " up" : " down")
                + state.ipv4().map(address -> " " + address.getHostAddress()).orElse(""));
    }
}
