/** Tests of the reader: each mistake once, with its line. {@code Conf} makes the texts. */
package org.vrrp4j.keepalived;
