package org.vrrp4j.keepalived;

import java.util.Optional;

/** The authentication block of a vrrp_instance. */
final class AuthenticationKeywords {
    static final KeywordTable<AuthenticationDraft> TABLE = new KeywordTable<AuthenticationDraft>("authentication")
            .line("auth_type", AuthenticationKeywords::onType)
            .line("auth_pass", AuthenticationKeywords::onPassword);

    /** The block auth_hmac: its keys are never shown. */
    static final KeywordTable<Draft> HMAC = new KeywordTable<Draft>("auth_hmac")
            .covered(Values.words("ID hex:KEY | file:PATH | KEY", "1 0123456789abcdef0123456789abcdef"), "key")
            .covered(Values.integer(1, 255), "active_key")
            .covered(Values.integer(1, 300), "time_window")
            .covered(Values.oneOf("time", "monotonic"), "anti_replay")
            .covered(Values.oneOf("enforce", "permissive", "receive-only"), "mode");

    private AuthenticationKeywords() {}

    private static void onType(AuthenticationDraft draft, Statement line) {
        line.oneOf("PASS", "AH").ifPresent(type -> {
            if (type.equals("AH")) {
                line.error("auth_type AH is not supported: peers would refuse our advertisements, and we theirs;"
                        + " use PASS, or none, on all of them");
            } else {
                draft.simplePassword = true;
            }
        });
    }

    /** Never shows the password, nor what may be the rest of it. */
    private static void onPassword(AuthenticationDraft draft, Statement line) {
        if (line.values().isEmpty() || line.values().get(0).isEmpty()) {
            line.error("auth_pass needs a value: a password of 1 to 8 characters");
            return;
        }
        if (line.values().size() > 1) {
            line.warning("auth_pass is one word, or words in double quotes: what follows the first is ignored");
        }
        draft.password = Optional.of(line.values().get(0));
    }
}
