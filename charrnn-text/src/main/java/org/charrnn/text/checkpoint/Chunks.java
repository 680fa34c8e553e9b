package org.charrnn.text.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as little-endian bytes, a piece at a time, through one buffer. */
final class Chunks {

  private static final int BYTES = 1 << 18;

  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Takes a piece. */
  interface Sink {
    void accept(ByteBuffer piece) throws IOException;
  }

  /** Fills a piece wholly, and flips it. */
  interface Source {
    void fill(ByteBuffer piece) throws IOException;
  }

  /** Hands over all numbers. */
  void write(float[] values, Sink sink) throws IOException {
    for (int from = 0; from < values.length; from += BYTES / 4) {
      int length = Math.min(BYTES / 4, values.length - from);
      buffer.clear().limit(4 * length);
      buffer.asFloatBuffer().put(values, from, length);
      sink.accept(buffer);
    }
  }

  /** Asks for all numbers. */
  void read(float[] values, Source source) throws IOException {
    for (int from = 0; from < values.length; from += BYTES / 4) {
      int length = Math.min(BYTES / 4, values.length - from);
      buffer.clear().limit(4 * length);
      source.fill(buffer);
      buffer.asFloatBuffer().get(values, from, length);
    }
  }
}
