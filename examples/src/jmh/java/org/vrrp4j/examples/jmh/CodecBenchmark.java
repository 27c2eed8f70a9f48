package org.vrrp4j.examples.jmh;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vrrp4j.model.Authentication;
import org.vrrp4j.model.ChecksumForm;
import org.vrrp4j.model.IpAddresses;
import org.vrrp4j.model.IpFamily;
import org.vrrp4j.model.VrrpVersion;
import org.vrrp4j.packet.Advertisement;
import org.vrrp4j.packet.AdvertisementCodec;
import org.vrrp4j.packet.Decoded;

/** A whole decoding and encoding; a node does either only when the content has changed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CodecBenchmark {
    private final InetAddress source = IpAddresses.parse("192.0.2.1").orElseThrow();
    private final InetAddress group = IpFamily.IPV4.multicastGroup();
    private final Advertisement advertisement = new Advertisement(
            VrrpVersion.V3,
            51,
            150,
            Duration.ofMillis(100),
            List.of(IpAddresses.parse("192.0.2.100").orElseThrow()),
            Authentication.NONE);
    private final ByteBuffer message =
            AdvertisementCodec.encode(advertisement, ChecksumForm.PSEUDO_HEADER, source, group);

    /** From bytes to a value, with all checks. */
    @Benchmark
    public Decoded decode() {
        return AdvertisementCodec.decode(message, source, group, AdvertisementCodec.HOP_LIMIT);
    }

    /** From a value to bytes in a new direct buffer. */
    @Benchmark
    public ByteBuffer encode() {
        return AdvertisementCodec.encode(advertisement, ChecksumForm.PSEUDO_HEADER, source, group);
    }
}
