package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrp4j.config.Problem;
import org.vrrp4j.config.RouterConfig;

/** {@code include} and its variants. */
class IncludesTest {

    @Test
    void includedFileIsReadInPlaceAndRelativeToTheIncludingOne() {
        ConfigHost host = MemoryFiles.host(
                "/etc/d/common.conf", "priority 7\ninclude more.conf\n",
                "/etc/d/more.conf", "advert_int 2");

        RouterConfig router = Conf.parse(host, Conf.instance("include d/common.conf"))
                .nodeConfig()
                .routers()
                .get(0);

        assertThat(router.priority()).isEqualTo(7);
        assertThat(router.advertisementInterval()).hasSeconds(2);
    }

    @Test
    void problemsStandInTheFileThatHasThem() {
        ConfigHost host = MemoryFiles.host("/etc/d/a.conf", "\npriority 0\n");

        assertThat(Conf.problems(host, Conf.instance("include d/a.conf", "advert_int 0")))
                .containsExactly(
                        "/etc/d/a.conf:2: error: priority must be 1 to 255: '0'",
                        "/etc/k.conf:6: error: advert_int must be 0.01 to 255 seconds: '0'");
    }

    @Test
    void patternsIncludeAllFilesInOrder() {
        ConfigHost host = MemoryFiles.host(
                "/etc/d/20.conf",
                "router_id b",
                "/etc/d/10.conf",
                "router_id a",
                "/etc/d/.hidden.conf",
                "what",
                "/etc/d/30.bak",
                "what",
                "/etc/e/a.conf",
                "vrrp_version 3");

        assertThat(Conf.problems(host, "global_defs {", "include d/*.conf", "}", Conf.instance()))
                .containsExactly("/etc/d/20.conf:1: warning: 'router_id' was given in line 1 already; this one counts");
        assertThat(Conf.problems(host, "global_defs {", "include /etc/{d/1?,?/[a-c]}.conf", "}", Conf.instance()))
                .isEmpty();
        assertThat(Conf.problems(host, "global_defs {", "includea /etc/*/[!.a-z]0.conf", "}", Conf.instance()))
                .hasSize(1);
    }

    @Test
    void whatIsMissingIsAWarningOrAnErrorAsTheVariantSays() {
        ConfigHost host = MemoryFiles.host("/etc/a.conf", "", "/locked/x.conf", "");

        assertThat(Conf.problems(host, "include b.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: warning: '/etc/b.conf' is not included: there is no such file");
        assertThat(Conf.problems(host, "includer b.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: warning: '/etc/b.conf' is not included: there is no such file");
        assertThat(Conf.problems(host, "includem b.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: error: '/etc/b.conf' is not included: there is no such file");
        assertThat(Conf.problems(host, "include b*.conf", Conf.instance())).isEmpty();
        assertThat(Conf.problems(host, "includew b*.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: error: 'b*.conf' is not included: no file has such a name");
        assertThat(Conf.problems(host, "include {a,b}.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: warning: '/etc/b.conf' is not included: there is no such file");
        assertThat(Conf.problems(host, "includeb {a,b}.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: error: '/etc/b.conf' is not included: there is no such file");
        assertThat(Conf.problems(host, "include /locked/x.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: warning: '/locked/x.conf' is not included: permission denied");
        assertThat(Conf.problems(host, "includer /locked/x.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: error: '/locked/x.conf' is not included: permission denied");
        assertThat(Conf.problems(host, "include /none/*.conf", Conf.instance()))
                .containsExactly(
                        "/etc/k.conf:1: warning: '/none/*.conf' is not included: its directory cannot be" + " listed");
    }

    @Test
    void aTextWithoutAHostIncludesNothing() {
        assertThat(Conf.problems("include a.conf", Conf.instance()))
                .containsExactly("k.conf:1: error: 'a.conf' is not included: files are not included here");
    }

    @Test
    void fileThatIncludesItselfEnds() {
        assertThat(Conf.problems(
                        MemoryFiles.host("/etc/a.conf", "include b.conf", "/etc/b.conf", "include a.conf"),
                        "include a.conf",
                        Conf.instance()))
                .containsExactly("/etc/b.conf:1: error: '/etc/a.conf' is included by itself");
        assertThat(Conf.problems(MemoryFiles.host(), "include k.conf", Conf.instance()))
                .containsExactly("/etc/k.conf:1: error: '/etc/k.conf' is included by itself");
    }

    @Test
    void tooMuchOfItEnds() {
        ConfigHost host = MemoryFiles.host("/etc/a.conf", "# nothing\n".repeat(1000));

        assertThat(Conf.problems(host, "~SEQ(i,1,100000000) include a.conf", Conf.instance()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("/etc/")
                .endsWith(": error: included files and expanded definitions are more than 8 MiB;"
                        + " the file is not read further");
    }

    @Test
    void filesOnDiskAreRelativeToTheirDirectory(@TempDir Path directory) throws IOException {
        Path sub = Files.createDirectory(directory.resolve("conf.d"));
        Path file = directory.resolve("keepalived.conf");
        Files.writeString(file, Conf.instance("include conf.d/*"));
        Files.writeString(sub.resolve("a.conf"), "priority 300\n");
        Files.createDirectory(sub.resolve("sub"));

        assertThat(KeepalivedConf.read(file).problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        file + ":5: warning: " + Found.quote(sub.resolve("sub").toString())
                                + " is not included: is a directory",
                        sub.resolve("a.conf") + ":1: error: priority must be 1 to 255: '300'");
    }

    @Test
    void filesMayBeThoseOfAnotherRoot(@TempDir Path root) throws IOException {
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(root.resolve("etc/k.conf"), Conf.instance("include /etc/a.conf"));
        Files.writeString(root.resolve("etc/a.conf"), "priority 9");

        assertThat(KeepalivedConf.read("/etc/k.conf", ConfigHost.NONE.withFiles(ConfigFiles.under(root.toString())))
                        .nodeConfig()
                        .routers()
                        .get(0)
                        .priority())
                .isEqualTo(9);
    }
}
