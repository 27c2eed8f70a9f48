package org.vrrp4j.linux.probe;

import java.io.IOException;
import java.util.function.IntConsumer;
import org.vrrp4j.config.FileTracker;
import org.vrrp4j.config.ProcessTracker;
import org.vrrp4j.config.ScriptTracker;
import org.vrrp4j.spi.BfdTransport;
import org.vrrp4j.spi.EventLoop;
import org.vrrp4j.spi.Probe;
import org.vrrp4j.spi.TrackerBackend;

/**
 * Scripts, processes, files and BFD sockets of a host. Nothing is opened and no thread runs before something is
 * tracked. On the loop's thread.
 */
public final class LinuxTrackers implements TrackerBackend, AutoCloseable {
    private final EventLoop loop;
    private ProcessCounts processes;
    private FileNumbers files;
    private UdpBfdTransport bfd;

    /** Nothing is tracked yet. */
    public LinuxTrackers(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public Probe script(ScriptTracker tracker) throws IOException {
        return ScriptProbe.of(tracker);
    }

    @Override
    public Watch processes(ProcessTracker tracker, IntConsumer count) {
        if (processes == null) {
            processes = new ProcessCounts(loop, ProcessFeed.OF_THE_KERNEL);
        }
        return processes.watch(tracker, count);
    }

    @Override
    public Watch file(FileTracker tracker, IntConsumer value) throws IOException {
        if (files == null) {
            files = FileNumbers.open(loop);
        }
        return files.watch(tracker, value);
    }

    @Override
    public BfdTransport bfd(BfdTransport.Receiver receiver) {
        if (bfd != null) {
            bfd.close();
        }
        bfd = new UdpBfdTransport(loop, receiver);
        return bfd;
    }

    /** Ends the threads and descriptors; may be called twice. */
    @Override
    public void close() {
        if (processes != null) {
            processes.close();
        }
        if (files != null) {
            files.close();
        }
        if (bfd != null) {
            bfd.close();
        }
    }
}
