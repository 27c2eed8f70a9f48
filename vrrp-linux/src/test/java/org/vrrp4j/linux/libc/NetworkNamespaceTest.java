package org.vrrp4j.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, and a thread that goes to a namespace and comes back; setns(2) is told what to answer. */
class NetworkNamespaceTest {
    /** No descriptor of this process. */
    private static final int BLUE = 1 << 28;

    private final List<String> happened = new ArrayList<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private final NetworkNamespace blue = new NetworkNamespace("blue", BLUE, this::enter, 0);

    private int enter(int fd) {
        Integer errno = answers.poll();
        happened.add((fd == BLUE ? "to blue" : "back") + (errno == null ? "" : " errno " + errno));
        return errno == null ? 0 : errno;
    }

    private String section() {
        happened.add("section");
        return "result";
    }

    @Test
    @DisplayName("a name is a file of ip-netns(8), an absolute path stays as it is, anything else is refused")
    void names() {
        assertThat(NetworkNamespace.path("blue")).isEqualTo(Path.of("/run/netns/blue"));
        assertThat(NetworkNamespace.path("/proc/1/ns/net")).isEqualTo(Path.of("/proc/1/ns/net"));
        for (String wrong : List.of("", " ", ".", "..", "../blue", "ns/blue", "a\0b")) {
            assertThatThrownBy(() -> NetworkNamespace.path(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + wrong + "\"");
        }
    }

    @Test
    @DisplayName("a namespace that does not exist is named with its file and what makes one")
    void missing() {
        assertThatThrownBy(() -> NetworkNamespace.open("no-such-namespace"))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no network namespace no-such-namespace: /run/netns/no-such-namespace does not"
                        + " exist; 'ip netns list' shows those that do, 'ip netns add no-such-namespace' makes it");
        assertThatThrownBy(() -> NetworkNamespace.open("/proc/no-such-process/ns/net"))
                .hasMessageContaining("/proc/no-such-process/ns/net does not exist; the process");
    }

    @Test
    @DisplayName("a file that is no namespace is refused by the kernel, and the section does not run")
    void anotherFile(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("net"));
        try (NetworkNamespace namespace = NetworkNamespace.open(file.toString())) {
            assertThatThrownBy(() -> namespace.call(this::section))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("setns to network namespace " + file + " failed with EINVAL (22)")
                    .hasMessageContaining(file + " is no network namespace");
            assertThat(happened).isEmpty();
        }
    }

    @Test
    @DisplayName("the thread goes there, does what is to be done, and comes back with what came of it")
    void goesAndComesBack() throws LinuxException {
        String result = blue.call(this::section);
        assertThat(result).isEqualTo("result");
        assertThat(happened).containsExactly("to blue", "section", "back");
    }

    @Test
    @DisplayName("a section that fails does not keep the thread there")
    void comesBackAfterFailure() {
        assertThatThrownBy(() -> blue.call(() -> {
                    section();
                    throw new FileNotFoundException("eth7");
                }))
                .isInstanceOf(FileNotFoundException.class);
        assertThat(happened).containsExactly("to blue", "section", "back");
    }

    @Test
    @DisplayName("a thread that cannot come back goes on only when it can")
    void goesOnOnlyWhenBack() throws LinuxException {
        answers.addAll(List.of(0, Errno.ENOMEM.number(), Errno.ENOMEM.number()));
        blue.call(this::section);
        assertThat(happened).containsExactly("to blue errno 0", "section", "back errno 12", "back errno 12", "back");
    }

    @Test
    @DisplayName("without the right to go there the section does not run, and the message names the call")
    void refused() {
        answers.add(Errno.EPERM.number());
        assertThatThrownBy(() -> blue.call(this::section))
                .isInstanceOf(LinuxException.class)
                .hasMessageStartingWith("setns to network namespace blue failed with EPERM (1): ")
                .hasMessageContaining("CAP_SYS_ADMIN");
        assertThat(happened).containsExactly("to blue errno 1");
    }

    @Test
    @DisplayName("a thread that uses it opens each socket there and is back in between, until it is closed")
    void socketsOfThread() throws LinuxException {
        blue.useForSocketsOfThread();
        try {
            SocketFd.open("test socket", Libc.AF_UNIX, Libc.SOCK_STREAM, 0).close();
            assertThat(happened).containsExactly("to blue", "back");
        } finally {
            blue.close();
        }
        SocketFd.open("test socket", Libc.AF_UNIX, Libc.SOCK_STREAM, 0).close();
        assertThat(NetworkNamespace.callWhereSocketsAre(this::section)).isEqualTo("result");
        assertThat(happened).containsExactly("to blue", "back", "section");
        assertThatThrownBy(() -> blue.call(this::section)).hasMessageContaining("use of closed network namespace blue");
    }

    @Test
    @DisplayName("the sockets of a thread are in one namespace")
    void oneOfThread() {
        NetworkNamespace green = new NetworkNamespace("green", BLUE, this::enter, 0);
        blue.useForSocketsOfThread();
        try {
            assertThatThrownBy(green::useForSocketsOfThread)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not in blue and in green");
        } finally {
            blue.close();
        }
    }
}
