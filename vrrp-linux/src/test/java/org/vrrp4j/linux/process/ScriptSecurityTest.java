package org.vrrp4j.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptSecurityTest {
    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void begin() throws IOException {
        boolean root = UserAccount.ownUid() == 0;
        if (!root) {
            System.out.println("SKIPPED: only root can make files of root");
        }
        assumeTrue(root);
        script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
        permit(script, "rwxr-xr-x");
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aProgramThatOnlyRootCanChangeIsFineAlsoBelowAStickyDirectory() throws IOException {
        assertThat(ScriptSecurity.objection(script)).isEmpty();
        assertThat(ScriptSecurity.objection(Path.of("/bin/sh"))).isEmpty();
    }

    @Test
    void oneThatOthersCanWriteIsNamedWithTheRemedy() throws IOException {
        permit(script, "rwxr-xrwx");

        assertThat(ScriptSecurity.objection(script).orElseThrow())
                .contains(script.toString(), "can be changed by others", "chmod go-w");
    }

    @Test
    void aDirectoryOnTheWayCountsAndSoDoesAnotherOwner() throws IOException {
        permit(directory, "rwxrwxrwx");
        assertThat(ScriptSecurity.objection(script).orElseThrow()).startsWith(directory + " can be changed");

        permit(directory, "rwxr-xr-x");
        Files.setAttribute(script, "unix:uid", 65534);
        assertThat(ScriptSecurity.objection(script).orElseThrow()).contains("belongs to user 65534", "chown root");
    }

    @Test
    void whereALinkLeadsCountsToo() throws IOException {
        permit(script, "rwxr-xrwx");
        Path link = Files.createSymbolicLink(directory.resolve("link"), script);

        assertThat(ScriptSecurity.objection(link).orElseThrow()).startsWith(script + " can be changed");
    }
}
