package org.vrrp4j.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrp4j.model.Authentication;

/** The authentication block. */
class AuthenticationTest {

    private static String text(String... lines) {
        return Conf.instance("authentication {", String.join("\n", lines), "}");
    }

    @Test
    void passwordOfEightBytesIsUsedAsItIs() {
        assertThat(Conf.problems(text("auth_type PASS", "auth_pass 12345678"))).isEmpty();
        assertThat(Conf.router(text("auth_type PASS", "auth_pass 12345678")).authentication())
                .isEqualTo(Authentication.simplePassword("12345678"));
    }

    @Test
    void ofALongerPasswordTheFirstEightBytesAreUsed() {
        String text = text("auth_type PASS", "auth_pass 123456789");

        assertThat(Conf.router(text).authentication()).isEqualTo(Authentication.simplePassword("12345678"));
        assertThat(Conf.problems(text))
                .containsExactly("k.conf:7: warning: auth_pass must have 1 to 8 bytes: of 9 the first 8 are used");
    }

    @Test
    void bytesAreCutEvenWithinACharacter() {
        assertThat(Conf.router(text("auth_type PASS", "auth_pass 1234567\u00e4"))
                        .authentication())
                .isEqualTo(new Authentication(1, 0x31323334353637c3L));
    }

    @Test
    void passwordThatIsNoUtf8IsAnError() {
        assertThat(Conf.problems(text("auth_type PASS", "auth_pass a\ufffd")))
                .containsExactly("k.conf:7: error: auth_pass must be text in UTF-8");
    }

    @Test
    void theAuthenticationHeaderIsAnError() {
        assertThat(Conf.problems(text("auth_type AH", "auth_pass 1111")))
                .containsExactly("k.conf:6: error: auth_type AH is not supported: peers would refuse our"
                        + " advertisements, and we theirs; use PASS, or none, on all of them");
    }

    @Test
    void unknownTypeIsAnError() {
        assertThat(Conf.problems(text("auth_type pass", "auth_pass 1111")))
                .containsExactly("k.conf:6: error: auth_type must be PASS or AH: 'pass'");
    }

    @Test
    void typeWithoutPasswordIsAnError() {
        assertThat(Conf.problems(text("auth_type PASS")))
                .containsExactly("k.conf:5: error: auth_type PASS needs an auth_pass of 1 to 8 characters");
        assertThat(Conf.problems(text("auth_type PASS", "auth_pass")))
                .containsExactly("k.conf:7: error: auth_pass needs a value: a password of 1 to 8 characters");
    }

    @Test
    void passwordWithoutTypeMeansNoAuthentication() {
        assertThat(Conf.router(text("auth_pass 1111")).authentication()).isEqualTo(Authentication.NONE);
        assertThat(Conf.problems(text("auth_pass 1111")))
                .containsExactly("k.conf:5: warning: authentication without auth_type means none");
    }

    @Test
    void version3IgnoresTheBlock() {
        String text = text("auth_type PASS", "auth_pass 1111").replace("interface eth0", "version 3\ninterface eth0");

        assertThat(Conf.router(text).authentication()).isEqualTo(Authentication.NONE);
        assertThat(Conf.problems(text))
                .containsExactly("k.conf:6: warning: version 3 has no authentication: this block is ignored");
    }

    @Test
    void noProblemShowsThePassword() {
        List<String> problems = Conf.problems(
                text("auth_type PASS", "auth_pass sesame sesame", "auth_pass sesameopen", "auth_pass \"sesame"));

        assertThat(problems).isNotEmpty().noneMatch(problem -> problem.contains("sesame"));
    }
}
