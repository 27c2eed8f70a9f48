package org.vrrp4j.bfd;

/** What came of received bytes: a control packet that passed every check of its format, or the reason why not. */
public sealed interface DecodedControl permits ControlPacket, ControlRejection {}
