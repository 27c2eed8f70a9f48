package org.vrrp4j.linux.testing;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test only where it may make network namespaces, and says so where not; with VRRP4J_LIVE=require or CI=true in
 * the environment it is run, and fails, all the same.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNamespaces.Condition.class)
public @interface NeedsNamespaces {

    /** Looks at the capabilities of the process. */
    final class Condition implements ExecutionCondition {
        private static final long NET_ADMIN_NET_RAW_SYS_ADMIN = 1L << 12 | 1L << 13 | 1L << 21;

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean required = "require".equals(System.getenv("VRRP4J_LIVE")) || "true".equals(System.getenv("CI"));
            if (required || mayMakeNamespaces()) {
                return ConditionEvaluationResult.enabled("may make network namespaces");
            }
            String reason = "may not make network namespaces; run as root or under unshare -rn";
            System.out.println("SKIPPED " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }

        private static boolean mayMakeNamespaces() {
            try {
                return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("CapEff:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).trim(), 16))
                        .anyMatch(bits -> (bits & NET_ADMIN_NET_RAW_SYS_ADMIN) == NET_ADMIN_NET_RAW_SYS_ADMIN);
            } catch (IOException e) {
                return false;
            }
        }
    }
}
