package org.vrrp4j.linux.doctor;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vrrp4j.config.RouterConfig;
import org.vrrp4j.keepalived.ConfigFiles;
import org.vrrp4j.keepalived.ConfigHost;
import org.vrrp4j.keepalived.KeepalivedConf;
import org.vrrp4j.linux.doctor.Finding.Topic;
import org.vrrp4j.model.RouterId;

/** Whether something else on this host speaks VRRP, and whether it runs the same virtual routers. */
final class ProgramsCheck {
    private static final String PORT_112 = ":0070";
    private static final int LOCAL_ADDRESS = 1;
    private static final int INODE = 9;
    private static final Set<String> KNOWN = Set.of("keepalived", "vrrpd", "uvrrpd", "ucarp");
    private static final String KEEPALIVED_CONF = "/etc/keepalived/keepalived.conf";

    private final HostFiles files;
    private final Consumer<Finding> out;

    ProgramsCheck(HostFiles files, Consumer<Finding> out) {
        this.files = files;
        this.out = out;
    }

    void check(List<RouterConfig> routers) {
        Set<String> inodes = new LinkedHashSet<>();
        for (String table : List.of("proc/thread-self/net/raw", "proc/thread-self/net/raw6")) {
            files.lines(table).forEach(line -> {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > INODE && fields[LOCAL_ADDRESS].endsWith(PORT_112)) {
                    inodes.add("socket:[" + fields[INODE] + "]");
                }
            });
        }
        if (inodes.isEmpty()) {
            out.accept(Finding.ok(Topic.PROGRAMS, "", "no other program has a socket of protocol 112"));
            return;
        }
        Map<String, String> holders = holders(inodes);
        if (holders.isEmpty()) {
            out.accept(Finding.hint(
                    Topic.PROGRAMS,
                    "",
                    "another program has sockets of protocol 112; this user may not see which",
                    "ss --raw --listening --processes"));
        }
        holders.forEach((pid, name) -> tell(pid, name, routers));
    }

    /** By their numbers; by their names too where this user may not see their sockets. */
    private Map<String, String> holders(Set<String> inodes) {
        Map<String, String> holders = new LinkedHashMap<>();
        Map<String, String> hidden = new LinkedHashMap<>();
        String own = Long.toString(ProcessHandle.current().pid());
        for (String pid : files.names("proc")) {
            if (!pid.matches("\\d+") || pid.equals(own)) {
                continue;
            }
            String name = files.text("proc/" + pid + "/comm").orElse("?");
            List<String> descriptors = files.names("proc/" + pid + "/fd");
            boolean holds = descriptors.stream()
                    .anyMatch(fd -> files.link("proc/" + pid + "/fd/" + fd)
                            .filter(inodes::contains)
                            .isPresent());
            if (holds) {
                holders.put(pid, name);
            } else if (descriptors.isEmpty() && KNOWN.contains(name)) {
                hidden.put(pid, name);
            }
        }
        return holders.isEmpty() ? hidden : holders;
    }

    private void tell(String pid, String name, List<RouterConfig> routers) {
        String program = name + " (process " + pid + ")";
        Set<RouterId> same = Set.of();
        if (name.equals("keepalived")) {
            Set<RouterId> theirs = idsOfKeepalived(pid);
            same = routers.stream()
                    .map(RouterConfig::id)
                    .filter(theirs::contains)
                    .collect(Collectors.toSet());
        }
        if (same.isEmpty()) {
            out.accept(Finding.hint(
                    Topic.PROGRAMS,
                    program,
                    "speaks VRRP on this host too; that is fine as long as it runs other virtual routers",
                    "compare its configuration with yours"));
        } else {
            out.accept(Finding.problem(
                    Topic.PROGRAMS,
                    program,
                    "runs the same virtual routers on this host: " + same,
                    "systemctl disable --now keepalived, or take these instances out of its configuration"));
        }
    }

    private Set<RouterId> idsOfKeepalived(String pid) {
        try {
            String root = files.path("proc/" + pid + "/root").toString();
            KeepalivedConf conf = KeepalivedConf.read(
                    configurationFile(pid), ConfigHost.ofThisHost().withFiles(ConfigFiles.under(root)));
            return conf.hasErrors()
                    ? Set.of()
                    : conf.nodeConfig().routers().stream().map(RouterConfig::id).collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** As its command line says. */
    private String configurationFile(String pid) {
        String[] words = files.text("proc/" + pid + "/cmdline").orElse("").split("\0");
        for (int i = 1; i < words.length; i++) {
            if (words[i].startsWith("--use-file=")) {
                return words[i].substring("--use-file=".length());
            }
            boolean isOption = words[i].equals("-f") || words[i].equals("--use-file");
            if (isOption && i + 1 < words.length) {
                return words[i + 1];
            }
        }
        return KEEPALIVED_CONF;
    }
}
