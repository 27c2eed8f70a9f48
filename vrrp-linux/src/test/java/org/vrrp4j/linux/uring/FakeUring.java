package org.vrrp4j.linux.uring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.vrrp4j.linux.libc.Errno;
import org.vrrp4j.linux.libc.Libc;

/**
 * A kernel with rings in the memory of the test: timers by a clock that the test moves, links, sendings that are only
 * noted, and whatever a kernel can refuse. What it does on its own account is told by {@code IoUringTest}, which has
 * the same expectations of the real one.
 */
final class FakeUring implements UringCalls {
    // where things are is the kernel's choice
    private static final int HEAD = 0;
    private static final int TAIL = 4;
    private static final int SQ_MASK = 8;
    private static final int CQ_HEAD = 12;
    private static final int CQ_TAIL = 16;
    private static final int CQ_MASK = 20;
    private static final int FLAGS = 24;
    private static final int CQES = 64;
    private static final int CQE_BYTES = 16;
    private static final int SQE_BYTES = 64;
    private static final byte TIMEOUT = 11;
    private static final byte TIMEOUT_REMOVE = 12;
    private static final int UPDATE = 2;
    private static final int LINK = 4;
    private static final int OVERFLOW = 1 << 1;
    private static final int FEATURES = 1 | 1 << 11;
    private static final int ENOENT = 2;
    private static final int EALREADY = 114;
    private static final int ECANCELED = 125;

    /** A sending. */
    record Sent(long nanos, int fd) {}

    /** A request that was taken, and what begins when it has succeeded. */
    private static final class Request {
        byte operation;
        boolean linked;
        int fd;
        long target;
        int flags;
        long nanos;
        long userData;
        boolean firing;
        Request next;
    }

    private record Completion(long userData, int result) {}

    /** One pair of rings. */
    private final class Ring {
        final ByteBuffer rings;
        final ByteBuffer sqes;
        final int entries;
        final int completions;
        final int array;
        final List<Request> timers = new ArrayList<>();
        final List<Request> fired = new ArrayList<>();
        final Queue<Completion> overflow = new ArrayDeque<>();
        boolean closed;

        Ring(int entries, int completions) {
            this.entries = entries;
            this.completions = completions;
            this.array = CQES + completions * CQE_BYTES;
            this.rings = ByteBuffer.allocateDirect(array + entries * 4).order(ByteOrder.nativeOrder());
            this.sqes = ByteBuffer.allocateDirect(entries * SQE_BYTES).order(ByteOrder.nativeOrder());
            rings.putInt(SQ_MASK, entries - 1).putInt(CQ_MASK, completions - 1);
        }

        int take(int submitted) {
            int taken = 0;
            Request last = null;
            List<Request> heads = new ArrayList<>();
            while (taken < Math.min(submitted, takesAtMost)) {
                int head = rings.getInt(HEAD);
                Request request = read(rings.getInt(array + (head & entries - 1) * 4) * SQE_BYTES);
                rings.putInt(HEAD, head + 1);
                taken++;
                if (last != null && last.linked) {
                    last.next = request;
                } else {
                    heads.add(request);
                }
                last = request;
            }
            // what was linked to something that was not taken is linked to nothing
            heads.forEach(this::begin);
            return taken;
        }

        private Request read(int at) {
            Request request = new Request();
            request.operation = sqes.get(at);
            request.linked = (sqes.get(at + 1) & LINK) != 0;
            request.fd = sqes.getInt(at + 4);
            request.flags = sqes.getInt(at + 28);
            request.userData = sqes.getLong(at + 32);
            request.target = sqes.getLong(at + 16);
            boolean update = request.operation == TIMEOUT_REMOVE && (request.flags & UPDATE) != 0;
            if (request.operation == TIMEOUT || update) {
                ByteBuffer time = Libc.memory(update ? sqes.getLong(at + 8) : request.target, 16);
                request.nanos = time.getLong(0) * 1_000_000_000L + time.getLong(8);
            }
            return request;
        }

        private void begin(Request request) {
            if (request.operation == TIMEOUT) {
                timers.add(request);
            } else if (request.operation == TIMEOUT_REMOVE) {
                remove(request);
            } else {
                if (sendResult >= 0) {
                    sent.add(new Sent(now, request.fd));
                }
                end(request, sendResult, sendResult >= 0);
            }
        }

        private void remove(Request request) {
            Request timer = timers.stream()
                    .filter(each -> each.userData == request.target && !each.firing)
                    .findFirst()
                    .orElse(null);
            boolean update = (request.flags & UPDATE) != 0;
            int result = timer == null ? -ENOENT : !update && races > 0 ? -EALREADY : 0;
            if (result == -EALREADY) {
                races--;
                if (racersRunOff) {
                    timer.firing = true;
                    fired.add(timer);
                }
            } else if (result == 0 && update) {
                timer.nanos = request.nanos;
            } else if (result == 0) {
                timers.remove(timer);
                end(timer, -ECANCELED, false);
            }
            end(request, result, result == 0);
        }

        private void end(Request request, int result, boolean succeeded) {
            post(new Completion(request.userData, result));
            if (request.next != null && succeeded) {
                begin(request.next);
            } else {
                for (Request each = request.next; each != null; each = each.next) {
                    post(new Completion(each.userData, -ECANCELED));
                }
            }
        }

        private void post(Completion completion) {
            overflow.add(completion);
            if (overflow.size() == 1) {
                flush();
            }
        }

        /** Completions without a place are kept until somebody enters. */
        void flush() {
            int tail = rings.getInt(CQ_TAIL);
            while (!overflow.isEmpty() && tail - rings.getInt(CQ_HEAD) < completions) {
                int at = CQES + (tail & completions - 1) * CQE_BYTES;
                Completion completion = overflow.remove();
                rings.putLong(at, completion.userData()).putInt(at + 8, completion.result());
                tail++;
            }
            rings.putInt(CQ_TAIL, tail).putInt(FLAGS, overflow.isEmpty() ? 0 : OVERFLOW);
        }

        Request earliest() {
            return timers.stream()
                    .filter(each -> !each.firing)
                    .min((a, b) -> Long.compare(a.nanos, b.nanos))
                    .orElse(null);
        }

        /** What is done on the thread that has submitted it. */
        void work() {
            while (!stopped && !fired.isEmpty()) {
                Request timer = fired.remove(0);
                timers.remove(timer);
                end(timer, -Errno.ETIME.number(), true);
            }
        }
    }

    private final List<Ring> all = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Queue<Integer> refusals = new ArrayDeque<>();
    private int completions = -1;
    private int setupRefusal;
    private int mapRefusal;
    private int mapsBefore;
    private int sendResult = 1;
    private int takesAtMost = Integer.MAX_VALUE;
    private long now;
    private boolean stopped;
    private int races;
    private boolean racersRunOff;
    private int enters;
    private int mapped;
    private int closedRings;

    /** From now on a ring is refused. */
    void refuseRings(Errno errno) {
        setupRefusal = errno.number();
    }

    /** Memory is refused from the mapping of that number on, the first being 0. */
    void refuseMemory(int fromMapping) {
        mapRefusal = Errno.ENOMEM.number();
        mapsBefore = fromMapping;
    }

    /** The next submissions are refused so. */
    void refuseSubmissions(Errno errno, int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(errno.number());
        }
    }

    /** A submission takes no more than that. */
    void takeAtMost(int requests) {
        takesAtMost = requests;
    }

    /** What the completion queues of later rings can hold, whatever they were asked for. */
    void holdCompletions(int most) {
        completions = most;
    }

    /** What every sending ends with. */
    void sendResult(int result) {
        sendResult = result;
    }

    /**
     * The next removals of a timer come too late for it.
     *
     * @param runOff whether it runs off then, as it should
     */
    void race(int removals, boolean runOff) {
        races = removals;
        racersRunOff = runOff;
    }

    /** The process is stopped: timers run off, and nothing follows. */
    void stop() {
        stopped = true;
    }

    /** It goes on. */
    void goOn() {
        stopped = false;
        all.forEach(Ring::work);
    }

    /** Time passes. */
    void advance(long nanos) {
        long end = now + nanos;
        while (true) {
            Ring ring = null;
            for (Ring each : all) {
                Request earliest = each.earliest();
                if (earliest != null
                        && earliest.nanos <= end
                        && (ring == null || earliest.nanos < ring.earliest().nanos)) {
                    ring = each;
                }
            }
            if (ring == null) {
                break;
            }
            Request timer = ring.earliest();
            now = Math.max(now, timer.nanos);
            timer.firing = true;
            ring.fired.add(timer);
            ring.work();
        }
        now = end;
    }

    long now() {
        return now;
    }

    List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** How often it was entered. */
    int enters() {
        return enters;
    }

    /** How many timers run. */
    long timers() {
        return all.stream().mapToLong(ring -> ring.timers.size()).sum();
    }

    /** How many rings and mappings were given and not given back. */
    int held() {
        return all.size() - closedRings + mapped;
    }

    @Override
    public int setup(int entries, long parameters) {
        if (setupRefusal != 0) {
            return -setupRefusal;
        }
        ByteBuffer given = Libc.memory(parameters, 120);
        Ring ring = new Ring(entries, completions > 0 ? completions : given.getInt(4));
        given.putInt(0, entries).putInt(4, ring.completions).putInt(20, FEATURES);
        given.putInt(40, HEAD)
                .putInt(44, TAIL)
                .putInt(48, SQ_MASK)
                .putInt(56, FLAGS)
                .putInt(64, ring.array);
        given.putInt(80, CQ_HEAD).putInt(84, CQ_TAIL).putInt(88, CQ_MASK).putInt(100, CQES);
        all.add(ring);
        return all.size() - 1;
    }

    @Override
    public int enter(int fd, int submitted, int wanted, int flags) {
        enters++;
        if (enters > 1_000_000) {
            throw new AssertionError("entered without end");
        }
        Ring ring = open(fd);
        ring.work();
        if (!refusals.isEmpty()) {
            return -refusals.remove();
        }
        int taken = ring.take(submitted);
        ring.work();
        advance(0);
        ring.flush();
        return taken;
    }

    private Ring open(int fd) {
        Ring ring = all.get(fd);
        if (ring.closed) {
            throw new AssertionError("ring " + fd + " was given back");
        }
        return ring;
    }

    @Override
    public long map(int fd, long offset, long bytes) {
        if (mapRefusal != 0 && mapsBefore-- <= 0) {
            return -mapRefusal;
        }
        Ring ring = open(fd);
        ByteBuffer memory = offset == 0 ? ring.rings : ring.sqes;
        if (memory.capacity() < bytes) {
            throw new AssertionError("asked for " + bytes + " bytes of " + memory.capacity());
        }
        mapped++;
        return Libc.address(memory);
    }

    @Override
    public void unmap(long address, long bytes) {
        mapped--;
    }

    @Override
    public void close(int fd) {
        Ring ring = open(fd);
        ring.closed = true;
        ring.timers.clear();
        ring.fired.clear();
        closedRings++;
    }
}
