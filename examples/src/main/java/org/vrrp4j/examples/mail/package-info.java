/**
 * Mails about role changes (keepalived.conf(5), "smtp_alert"), through Angus Mail:
 * {@link org.vrrp4j.examples.mail.MailAlerts} is a listener that queues them and tries again while the server does not
 * take them. Encryption (STARTTLS, RFC 3207) and a login (RFC 4954), which keepalived does not have, are
 * {@link org.vrrp4j.examples.mail.MailSecurity}.
 */
package org.vrrp4j.examples.mail;
