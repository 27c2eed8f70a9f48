package org.vrrp4j.linux.guard;

import java.io.File;
import java.util.List;
import org.vrrp4j.config.VirtualRoute;
import org.vrrp4j.config.VirtualRule;
import org.vrrp4j.linux.settings.HeldSettings;
import org.vrrp4j.model.IpFamily;

/**
 * What the guard process runs: a POSIX shell that reads lines and does nothing else until its input ends.
 *
 * <pre>
 * SLOT DELETION;DELETION;...;link:NAME
 * </pre>
 *
 * <p>A line replaces what an earlier one said of its slot. A deletion is a command of {@code ip}, such as {@code
 * address del 192.0.2.100/24 dev if3}; with a {@code 6} before it, it needs {@code ip -6}. An interface with addresses
 * is a number, as a name can change; one to delete is a name, as it can have been made anew, and must say that it is
 * ours. With the last one of a host, the settings of the interface below are restored, as its alias has them. {@code
 * put:VALUE FILE NUMBER RECORD} writes a value to a file of /proc/sys/net and removes the record of it. Written
 * is {@code ready} once it reads, or one line of why it cannot; after that nothing until the end.
 */
final class GuardScript {
    /** The first line of a guard that works. */
    static final String READY = "ready";

    /**
     * The process hears of the death of the thread that has started it, by prctl(2) PR_SET_PDEATHSIG, where setpriv(1)
     * can ask for that: the pipe alone ends only when the memory of the dead process has been given back, 0.2 s for
     * each gigabyte.
     */
    private static final String START = """
            if setpriv --pdeathsig USR1 true 2>/dev/null; then
              exec setpriv --pdeathsig USR1 sh -c 'eval "$GUARD"' vrrp-guard
            fi
            eval "$GUARD"
            """;

    /**
     * USR1 and the end of the input both mean death, and each address is taken away once: a later deletion could hit
     * that of a successor. The signal may overtake lines that are still in the pipe, end a read with nothing, and come
     * several times while the threads die. Signals to a terminal's or a service's processes must not take the guard
     * away before the JVM; nor must the kernel when memory is short, which only root may ask for. The number of an
     * interface as {@code ifN} is understood by iproute2 from 5.0 on.
     */
    private static final String GUARD = """
            set -f
            last=-1
            dead=
            end='
            '
            take() {
              case $key in
                '' | *[!0-9]*) ;;
                *)
                  eval "held$key=\\$fresh"
                  [ "$key" -le "$last" ] || last=$key ;;
              esac
            }
            remove() {
              commands= ipv6= links= saved= others= puts=
              slot=0
              while [ "$slot" -le "$last" ]; do
                eval "entries=\\$held$slot held$slot="
                IFS=';'
                for entry in $entries; do
                  case $entry in
                    link:*) links="$links ${entry#link:} " ;;
                    put:*) puts="$puts${entry#put:}$end" ;;
                    6*) ipv6="$ipv6${entry#6}$end" ;;
                    *) commands="$commands$entry$end" ;;
                  esac
                done
                unset IFS
                slot=$((slot + 1))
              done
              [ -z "$links" ] || find_links
              [ -z "$commands" ] || printf %s "$commands" | ip -force -batch - >/dev/null 2>&1
              [ -z "$ipv6" ] || printf %s "$ipv6" | ip -6 -force -batch - >/dev/null 2>&1
              [ -z "$saved" ] || [ -n "$others" ] || restore_all
              IFS=$end
              set -- $puts
              unset IFS
              for each; do
                put $each
              done
            }
            put() {
              { echo "$1" >"/proc/sys/net/$2"; } 2>/dev/null || return
              [ -z "$4" ] || ip link property del dev "if$3" altname "$4" >/dev/null 2>&1
            }
            find_links() {
              all=$(ip -o link show type macvlan 2>/dev/null)
              IFS=$end
              for line in $all; do
                case $line in *'alias vrrp4j '*) ;; *) continue ;; esac
                name=${line#*: }
                base=${name#*@} name=${name%%@*}
                case $links in
                  *" $name "*)
                    commands="link del dev $name$end$commands"
                    saved="$saved${base%%:*} ${line##*alias vrrp4j }$end" ;;
                  *) others=yes ;;
                esac
              done
              unset IFS
            }
            restore_all() {
              IFS=$end
              set -- $saved
              unset IFS
              for each; do
                restore "$each"
              done
            }
            restore() {
              for word in ${1#* }; do
                case $word in
                  arp_ignore=* | arp_announce=*)
                    { echo "${word#*=}" >"/proc/sys/net/ipv4/conf/${1%% *}/${word%=*}"; } 2>/dev/null ;;
                esac
              done
            }
            trap '' HUP INT QUIT TERM TSTP TTIN TTOU
            trap 'trap "" USR1; dead=yes cut=yes; remove' USR1
            { echo -1000 >/proc/self/oom_score_adj; } 2>/dev/null
            case $(ip -V 2>&1) in
              *iproute2*) ;;
              *) echo "no 'ip' command of iproute2: install iproute2"; exit 1 ;;
            esac
            if ! ip address show dev if1 >/dev/null 2>&1; then
              echo "the 'ip' command does not know interfaces by number: install iproute2 5.0 or newer"
              exit 1
            fi
            while read -r key value; do
              [ "$key" != CapEff: ] || rights=$value
            done </proc/self/status
            if [ $((0x${rights:-0} >> 12 & 1)) = 0 ]; then
              echo "a started program has no CAP_NET_ADMIN: make it an ambient capability, as the README shows"
              exit 1
            fi
            echo ready
            while
              cut=
              if read -r key fresh; then
                take
                [ -z "$dead" ] || remove
              else
                [ -n "$cut" ]
              fi
            do :; done
            trap '' USR1
            remove
            """;

    private GuardScript() {}

    /**
     * A guard process with nothing in its environment but what it needs: secrets of this process are no business of
     * the guard's.
     *
     * @param path where it looks for commands
     */
    static ProcessBuilder process(String path) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", START, "vrrp-guard");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("GUARD", GUARD);
        return builder.directory(new File("/")).redirectErrorStream(true);
    }

    /** The deletion of an address; the interface is a number, as a name can change. */
    static String entry(String cidr, int interfaceIndex) {
        return "address del " + cidr + " dev if" + interfaceIndex;
    }

    /** The deletion of a route of ours: what else is the same has another tag. */
    static String entry(VirtualRoute route) {
        return "route del " + (route.protocol().isPresent() ? "" : "proto 112 ") + route;
    }

    /** The deletion of a rule of ours; one for all addresses does not say its family. */
    static String entry(VirtualRule rule) {
        return (rule.family() == IpFamily.IPV6 ? "6" : "") + "rule del "
                + (rule.protocol().isPresent() ? "" : "protocol 112 ") + rule;
    }

    /** An interface to delete, as a line names it. */
    static String interfaceEntry(String name) {
        return "link:" + name;
    }

    /** A setting to put back. */
    static String entry(HeldSettings.Held setting) {
        return "put:" + setting.before() + " " + setting.file() + " " + setting.interfaceIndex() + " "
                + setting.recordName();
    }

    /** The line that says what a slot holds. */
    static String line(int slot, List<String> entries) {
        return slot + " " + String.join(";", entries) + "\n";
    }
}
