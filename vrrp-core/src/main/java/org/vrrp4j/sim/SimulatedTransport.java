package org.vrrp4j.sim;

import java.io.IOException;
import java.util.Optional;
import org.vrrp4j.spi.AdvertisementChannel;
import org.vrrp4j.spi.AdvertisementTransport;
import org.vrrp4j.spi.ChannelAddress;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.PacketReceiver;
import org.vrrp4j.spi.TransportProvider;

/** The sockets of one process. */
record SimulatedTransport(SimulatedProcess process) implements AdvertisementTransport {

    @Override
    public AdvertisementChannel open(ChannelAddress address, PacketReceiver receiver) throws IOException {
        SimulatedInterface nic = process.host().nic(address.interfaceName());
        if (nic == null) {
            throw new IOException("setsockopt failed with ENODEV (19): there is no interface " + address.interfaceName()
                    + "; name one of the host's");
        }
        return new SimulatedChannel(process, nic, address.family(), receiver);
    }

    @Override
    public Optional<String> queueUnavailability() {
        return Optional.empty();
    }

    @Override
    public void close() {
        process.closeChannels();
    }

    /** Each loop is a process of the host. */
    record Provider(SimulatedHost host) implements TransportProvider {
        @Override
        public String name() {
            return "simulated";
        }

        @Override
        public Optional<Throwable> unavailabilityCause() {
            return Optional.empty();
        }

        @Override
        public EventLoop newEventLoop(String threadName) {
            return host.newProcess();
        }

        @Override
        public AdvertisementTransport open(EventLoop loop) {
            return new SimulatedTransport(SimulatedProcess.of(host, loop));
        }
    }
}
