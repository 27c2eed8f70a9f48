package org.vrrp4j.examples.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusSocketTest {
    @TempDir
    private Path directory;

    @Test
    void eachRequestHasItsAnswerAndTheFileGoesWithTheSocket() throws IOException {
        Path path = directory.resolve("made").resolve("s.sock");
        try (StatusSocket socket = StatusSocket.open(path, request -> "heard " + request)) {
            assertThat(StatusSocket.ask(path, "json")).isEqualTo("heard json\n");
            assertThat(StatusSocket.ask(path, "table")).isEqualTo("heard table\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
            assertThat(socket).isNotNull();
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void theSocketOfADeadProcessIsReplacedAndThatOfALivingOneIsNot() throws IOException {
        Path path = directory.resolve("s.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        try (StatusSocket first = StatusSocket.open(path, request -> "first")) {
            assertThatThrownBy(() -> StatusSocket.open(path, request -> "second"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody answers on");
            assertThat(StatusSocket.ask(path, "json")).isEqualTo("first\n");
            assertThat(first).isNotNull();
        }
    }

    @Test
    void somethingElseAtThePathIsLeftAlone() throws IOException {
        Path path = Files.writeString(directory.resolve("s.sock"), "precious");

        assertThatThrownBy(() -> StatusSocket.open(path, request -> ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no socket");

        assertThat(path).hasContent("precious");
    }

    @Test
    void aSilentClientAndAFailingAnswerDoNotKeepTheNextOneFromItsAnswer() throws IOException {
        Path path = directory.resolve("s.sock");
        try (StatusSocket socket = StatusSocket.open(path, request -> {
                    if (request.equals("bad")) {
                        throw new IllegalStateException("on purpose");
                    }
                    return "fine";
                });
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(StatusSocket.ask(path, "bad")).isEmpty();
            assertThat(StatusSocket.ask(path, "json")).isEqualTo("fine\n");
            assertThat(socket).isNotNull();
        }
    }
}
