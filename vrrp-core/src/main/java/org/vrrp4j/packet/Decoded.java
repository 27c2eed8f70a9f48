package org.vrrp4j.packet;

/** What came of received bytes: an advertisement that passed every check of its format, or the reason why not. */
public sealed interface Decoded permits ReceivedAdvertisement, PacketRejection {}
