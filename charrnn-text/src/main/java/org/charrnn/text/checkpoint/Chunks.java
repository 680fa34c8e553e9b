package org.charrnn.text.checkpoint;

import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers as little-endian bytes, a chunk at a time, through one buffer.
 *
 * <p><b>Thread safety.</b> None.
 */
final class Chunks {

  private static final int BYTES = 1 << 18;

  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Receives chunks, which begin at the start of the array of the buffer. */
  interface Sink {
    void accept(ByteBuffer chunk) throws IOException;
  }

  /** Delivers all numbers. */
  void write(float[] values, Sink sink) throws IOException {
    for (int from = 0; from < values.length; from += BYTES / 4) {
      int length = Math.min(BYTES / 4, values.length - from);
      buffer.clear().limit(4 * length);
      buffer.asFloatBuffer().put(values, from, length);
      sink.accept(buffer);
    }
  }

  /** Reads numbers; the sink receives their bytes too. */
  void read(DataInput in, float[] values, Sink sink) throws IOException {
    for (int from = 0; from < values.length; from += BYTES / 4) {
      int length = Math.min(BYTES / 4, values.length - from);
      fill(in, 4 * length, sink);
      buffer.asFloatBuffer().get(values, from, length);
    }
  }

  /** Reads bytes that only the sink receives. */
  void skip(DataInput in, long bytes, Sink sink) throws IOException {
    for (long from = 0; from < bytes; from += BYTES) {
      fill(in, (int) Math.min(BYTES, bytes - from), sink);
    }
  }

  private void fill(DataInput in, int length, Sink sink) throws IOException {
    in.readFully(buffer.array(), 0, length);
    buffer.clear().limit(length);
    sink.accept(buffer);
  }
}
