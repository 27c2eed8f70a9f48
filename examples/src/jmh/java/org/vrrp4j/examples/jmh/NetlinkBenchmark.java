package org.vrrp4j.examples.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.vrrp4j.linux.libc.LinuxException;
import org.vrrp4j.linux.netlink.NetlinkClient;
import org.vrrp4j.linux.netlink.NetlinkMessage;
import org.vrrp4j.linux.netlink.NetlinkSocket;
import org.vrrp4j.linux.route.AddressMessage;

/** A request to the kernel and its answer: all addresses of this host are read, which needs no right. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class NetlinkBenchmark {
    private NetlinkClient client;

    /** Opens the socket. */
    @Setup
    public void open() throws LinuxException {
        client = new NetlinkClient(NetlinkSocket.open());
    }

    /** Closes the socket. */
    @TearDown
    public void close() {
        client.close();
    }

    /** RTM_GETADDR. */
    @Benchmark
    public List<NetlinkMessage> roundTrip() throws LinuxException {
        return client.dump("RTM_GETADDR", AddressMessage.RTM_GETADDR, AddressMessage.encodeDump());
    }
}
