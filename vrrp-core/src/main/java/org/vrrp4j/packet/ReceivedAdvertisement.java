package org.vrrp4j.packet;

import java.net.InetAddress;
import org.vrrp4j.model.ChecksumForm;

/**
 * An advertisement as it came.
 *
 * @param advertisement its content
 * @param source who sent it: the primary address of the sender
 * @param checksumForm the form of its checksum; for VRRPv2 {@link ChecksumForm#MESSAGE_ONLY}
 */
public record ReceivedAdvertisement(Advertisement advertisement, InetAddress source, ChecksumForm checksumForm)
        implements Decoded {}
