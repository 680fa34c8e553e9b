package org.charrnn.text.safetensors;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import tools.jackson.core.JacksonException;

/**
 * Reads the header of a file. No size in it is used before it has been compared with the size of
 * the file.
 *
 * @param in the file, at its beginning
 * @param kind what the file is expected to be, for messages
 * @param maxBytes the maximum length of the header
 */
record HeaderReader(RandomAccessFile in, String kind, int maxBytes) {

  private static final int LENGTH_BYTES = 8;

  /** Reads the header; see {@link Header#read}. */
  Header read() throws IOException {
    long size = in.length();
    byte[] bytes = new byte[length(size)];
    in.readFully(bytes);
    Header header = parse(bytes);
    long expected = LENGTH_BYTES + bytes.length + header.dataBytes();
    if (size != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: its header describes %d bytes, the file has %d",
              size < expected ? "is truncated" : "is damaged",
              expected,
              size));
    }
    return header;
  }

  private int length(long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "is not a %s, or is truncated: it has %d bytes", kind, size));
    }
    byte[] length = new byte[LENGTH_BYTES];
    in.readFully(length);
    long headerBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerBytes < 2 || headerBytes > maxBytes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "is not a %s: its first 8 bytes announce a header of %s bytes; at least 2 and at most"
                  + " %d are possible",
              kind,
              Long.toUnsignedString(headerBytes),
              maxBytes));
    }
    if (headerBytes > size - LENGTH_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "is truncated, or not a %s: it announces a header of %d bytes, the file has %d bytes",
              kind,
              headerBytes,
              size));
    }
    return (int) headerBytes;
  }

  private Header parse(byte[] bytes) {
    try {
      return HeaderParser.parse(bytes);
    } catch (JacksonException e) {
      String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "is not a %s: its header is not JSON (%s)", kind, reason), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "is not a %s: %s", kind, e.getMessage()), e);
    }
  }
}
