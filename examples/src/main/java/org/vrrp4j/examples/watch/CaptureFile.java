package org.vrrp4j.examples.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The records of a pcap file as tcpdump writes it, of either byte order, with microseconds or nanoseconds
 * (draft-ietf-opsawg-pcap). pcapng is recognised and refused.
 *
 * <pre>
 * file:    | magic a1b2c3d4 or a1b23c4d (4) | version 2.4 (4) | 0 (8) | longest record (4) | link type (4) |
 * record:  | seconds (4) | micro- or nanoseconds (4) | captured bytes (4) | bytes on the wire (4) | frame ...
 * </pre>
 *
 * <p>Reads no further than the record that was asked for, so that a pipe may still be growing.
 */
public final class CaptureFile {
    /** How many bytes {@link #recognises} needs. */
    public static final int MAGIC_BYTES = 4;

    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int MAGIC_MICROS = 0xa1b2c3d4;
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int MAGIC_PCAPNG = 0x0a0d0d0a;
    private static final int MAJOR_VERSION = 2;
    private static final int LINK_TYPE_MASK = 0xffff;
    /** The longest record that libpcap writes, whatever the header says. */
    private static final int MAX_RECORD_BYTES = 262_144;

    private static final String NO_CAPTURE = "; expected a pcap file (tcpdump -w FILE) or lines of hex digits";

    private final InputStream in;
    private final ByteOrder order;
    private final int nanosPerUnit;
    private final LinkType linkType;
    private long offset = FILE_HEADER_BYTES;
    private long records;

    private CaptureFile(InputStream in, ByteOrder order, int nanosPerUnit, LinkType linkType) {
        this.in = in;
        this.order = order;
        this.nanosPerUnit = nanosPerUnit;
        this.linkType = linkType;
    }

    /**
     * Whether a file that begins so is none of text: a capture file, or one that {@link #open} says what is wrong of.
     */
    public static boolean recognises(byte[] beginning) {
        if (beginning.length == MAGIC_BYTES && ByteBuffer.wrap(beginning).getInt() == MAGIC_PCAPNG) {
            return true;
        }
        for (byte each : beginning) {
            boolean isText = each >= ' ' && each < 0x7f || each == '\n' || each == '\r' || each == '\t';
            if (!isText) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the header of the file.
     *
     * @throws CaptureFormatException if it is no pcap file, or of a link type that is not supported
     */
    public static CaptureFile open(InputStream in) throws IOException {
        byte[] header = in.readNBytes(FILE_HEADER_BYTES);
        ByteBuffer fields = ByteBuffer.wrap(header);
        int magic = header.length < MAGIC_BYTES ? 0 : fields.getInt(0);
        if (magic == MAGIC_PCAPNG) {
            throw new CaptureFormatException(
                    "offset 0: this is a pcapng file; convert it with: tcpdump -r FILE -w FILE.pcap");
        }
        int reversed = Integer.reverseBytes(magic);
        boolean isBig = magic == MAGIC_MICROS || magic == MAGIC_NANOS;
        if (!isBig && reversed != MAGIC_MICROS && reversed != MAGIC_NANOS) {
            int shown = Math.min(header.length, MAGIC_BYTES);
            throw new CaptureFormatException("offset 0: no capture file, it begins with "
                    + HexFormat.ofDelimiter(" ").formatHex(header, 0, shown) + NO_CAPTURE);
        }
        if (header.length < FILE_HEADER_BYTES) {
            throw new CaptureFormatException("offset " + header.length + ": the file ends within its header of "
                    + FILE_HEADER_BYTES + " bytes; copy or capture it again");
        }
        ByteOrder order = isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int magicInOrder = isBig ? magic : reversed;
        fields.order(order);
        int major = fields.getShort(4) & 0xffff;
        if (major != MAJOR_VERSION) {
            throw new CaptureFormatException(
                    "offset 4: pcap version " + major + " is not known, only version 2; capture it again with tcpdump");
        }
        int linkNumber = fields.getInt(20) & LINK_TYPE_MASK;
        LinkType linkType = LinkType.of(linkNumber)
                .orElseThrow(() -> new CaptureFormatException("offset 20: link type " + linkNumber
                        + " is not supported; capture on an Ethernet interface (tcpdump -i eth0 -w FILE)"));
        return new CaptureFile(in, order, magicInOrder == MAGIC_NANOS ? 1 : 1000, linkType);
    }

    /** How many records have been read. */
    public long records() {
        return records;
    }

    /**
     * The next record.
     *
     * @return empty at the end of the file
     * @throws CaptureFormatException if the file is cut off or damaged here; there is nothing to be had behind that
     */
    public Optional<Entry> next() throws IOException {
        byte[] header = in.readNBytes(RECORD_HEADER_BYTES);
        if (header.length == 0) {
            return Optional.empty();
        }
        String where = "record " + (records + 1) + " at offset " + offset + ": ";
        requireBytes(where, RECORD_HEADER_BYTES, header.length);
        ByteBuffer fields = ByteBuffer.wrap(header).order(order);
        long captured = fields.getInt(8) & 0xffff_ffffL;
        long onTheWire = fields.getInt(12) & 0xffff_ffffL;
        if (captured > MAX_RECORD_BYTES) {
            throw new CaptureFormatException(where + "a length of " + captured + " bytes, at most " + MAX_RECORD_BYTES
                    + " are possible: the file is damaged from here on; copy or capture it again");
        }
        byte[] data = in.readNBytes((int) captured);
        requireBytes(where, RECORD_HEADER_BYTES + captured, RECORD_HEADER_BYTES + data.length);
        offset += RECORD_HEADER_BYTES + captured;
        records++;
        Instant time = Instant.ofEpochSecond(
                fields.getInt(0) & 0xffff_ffffL, (fields.getInt(4) & 0xffff_ffffL) * nanosPerUnit);
        int cut = (int) Math.max(0, Math.min(Integer.MAX_VALUE, onTheWire - captured));
        return Optional.of(
                new Entry(records, new FrameReader(Optional.of(time), "", cut).read(linkType, ByteBuffer.wrap(data))));
    }

    private static void requireBytes(String where, long needed, int found) throws CaptureFormatException {
        if (found < needed) {
            throw new CaptureFormatException(where + "needs " + needed + " bytes, but the file ends after " + found
                    + "; copy or capture it again (a tcpdump that still runs writes whole records with -U)");
        }
    }

    /**
     * One record.
     *
     * @param number counted from 1, as Wireshark does
     * @param packet empty if it carries something other than IP protocol 112
     */
    public record Entry(long number, Optional<ObservedPacket> packet) {}
}
