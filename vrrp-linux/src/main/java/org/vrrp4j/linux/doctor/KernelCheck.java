package org.vrrp4j.linux.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrp4j.linux.doctor.Finding.Topic;

/** What the kernel of this host can do for virtual addresses. */
final class KernelCheck {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final List<String> SLOW_CLOCKS = List.of("hpet", "acpi_pm", "jiffies", "pit", "refined-jiffies");
    private static final String CLOCK_SOURCE = "sys/devices/system/clocksource/clocksource0/current_clocksource";

    private final HostFiles files;
    private final Consumer<Finding> out;

    KernelCheck(HostFiles files, Consumer<Finding> out) {
        this.files = files;
        this.out = out;
    }

    void check() {
        checkRelease();
        checkUserNamespaces();
        checkClock();
    }

    private void checkRelease() {
        String release = files.text("proc/sys/kernel/osrelease").orElse("");
        Matcher numbers = RELEASE.matcher(release);
        if (!numbers.matches()) {
            out.accept(Finding.unchecked(
                    Topic.KERNEL, "", "the version of the kernel is not known", "mount -t proc proc /proc"));
            return;
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        if (isBefore(major, minor, 3, 14)) {
            out.accept(Finding.problem(
                    Topic.KERNEL,
                    release,
                    "addresses get no lifetimes from this kernel, so those of a dead process would stay",
                    "install Linux 5.18 or newer"));
        } else if (isBefore(major, minor, 5, 18)) {
            out.accept(Finding.hint(
                    Topic.KERNEL,
                    release,
                    "this kernel does not mark addresses with who put them there (IFA_PROTO): a restarted process"
                            + " waits for the lease of its predecessor to end",
                    "install Linux 5.18 or newer, or wait"));
        } else {
            out.accept(Finding.ok(Topic.KERNEL, release, "has address lifetimes and marks of origin (IFA_PROTO)"));
        }
    }

    private static boolean isBefore(int major, int minor, int wantedMajor, int wantedMinor) {
        return major < wantedMajor || major == wantedMajor && minor < wantedMinor;
    }

    private void checkUserNamespaces() {
        List<String> settings = List.of(
                "user/max_user_namespaces=0",
                "kernel/unprivileged_userns_clone=0",
                "kernel/apparmor_restrict_unprivileged_userns=1");
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('='));
            String refusing = setting.substring(setting.indexOf('=') + 1);
            if (files.text("proc/sys/" + name).filter(refusing::equals).isPresent()) {
                String remedy = name.endsWith("max_user_namespaces") ? "10000" : refusing.equals("0") ? "1" : "0";
                out.accept(Finding.hint(
                        Topic.KERNEL,
                        "",
                        "plain users get no user namespaces (" + name.replace('/', '.') + "=" + refusing
                                + "), which only vrrp demo and the live tests need",
                        "sysctl -w " + name.replace('/', '.') + "=" + remedy + ", or run these as root"));
            }
        }
    }

    private void checkClock() {
        Optional<String> slow = files.text(CLOCK_SOURCE).filter(SLOW_CLOCKS::contains);
        slow.ifPresent(source -> out.accept(Finding.hint(
                Topic.KERNEL,
                "",
                "the clock source is " + source + ": reading the time is slow, and may be coarse",
                "see available_clocksource beside /" + CLOCK_SOURCE + " for tsc or kvm-clock")));
    }
}
