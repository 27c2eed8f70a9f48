/** Mails to a real SMTP server in this process. */
package org.vrrp4j.examples.mail;
