package org.vrrp4j.keepalived;

import java.util.Optional;

/** What an authentication block says. */
final class AuthenticationDraft extends Draft {
    boolean simplePassword;
    Optional<String> password = Optional.empty();

    AuthenticationDraft(Position position) {
        super(position);
    }
}
