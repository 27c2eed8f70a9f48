package org.vrrp4j.examples.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a mail server has answered to a mail that it does not take (RFC 5321, 4.2.1). */
final class Refusal {
    private static final int PERMANENT = 500;

    private Refusal() {}

    /** Whether it would answer the same to the same mail again: all of its answers are 5yz. */
    static boolean isPermanent(Exception failure) {
        List<Integer> answers = new ArrayList<>();
        for (Exception cause = failure; cause instanceof MessagingException next; cause = next.getNextException()) {
            answer(next, answers);
        }
        return !answers.isEmpty() && answers.stream().allMatch(answer -> answer >= PERMANENT);
    }

    private static void answer(MessagingException failure, List<Integer> answers) {
        if (failure instanceof SMTPAddressFailedException ofRecipient) {
            answers.add(ofRecipient.getReturnCode());
        } else if (failure instanceof SMTPSenderFailedException ofSender) {
            answers.add(ofSender.getReturnCode());
        } else if (failure instanceof SMTPSendFailedException ofMail) {
            answers.add(ofMail.getReturnCode());
        } else if (failure instanceof AuthenticationFailedException) {
            // the library keeps the answer in the text only
            boolean forGood = String.valueOf(failure.getMessage()).startsWith("5");
            answers.add(forGood ? PERMANENT : 0);
        }
    }
}
