package org.vrrp4j.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether another user than root could change what is run as root: the program itself, or a directory or link on the
 * way to it (keepalived.conf(5), "enable_script_security").
 */
public final class ScriptSecurity {
    private static final int STICKY = 0x200;

    private ScriptSecurity() {}

    /**
     * What is wrong, with the remedy; empty if only root can change the program.
     *
     * @param program an absolute path
     * @throws IOException if it cannot be looked at
     */
    public static Optional<String> objection(Path program) throws IOException {
        Optional<String> given = objectionOnTheWay(program.toAbsolutePath());
        return given.isPresent() ? given : objectionOnTheWay(program.toRealPath());
    }

    private static Optional<String> objectionOnTheWay(Path program) throws IOException {
        for (Path path = program; path != null; path = path.getParent()) {
            Optional<String> found = objectionTo(path);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> objectionTo(Path path) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(path, "unix:uid,gid,mode,permissions", LinkOption.NOFOLLOW_LINKS);
        if (!attributes.get("uid").equals(0)) {
            return Optional.of(path + " belongs to user " + attributes.get("uid") + " and is run as root"
                    + " or leads to what is: 'chown root " + path + "', or let script_user run it");
        }
        if (Files.isSymbolicLink(path)) {
            return Optional.empty();
        }
        @SuppressWarnings("unchecked")
        Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) attributes.get("permissions");
        // in a sticky directory, such as /tmp, nobody takes away or renames what belongs to root
        boolean sticky = Files.isDirectory(path) && ((Integer) attributes.get("mode") & STICKY) != 0;
        boolean byGroup = permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !attributes.get("gid").equals(0);
        if (!sticky && (byGroup || permissions.contains(PosixFilePermission.OTHERS_WRITE))) {
            return Optional.of(path + " can be changed by others than root and is run as root or leads to what is:"
                    + " 'chmod go-w " + path + "', or let script_user run it");
        }
        return Optional.empty();
    }
}
