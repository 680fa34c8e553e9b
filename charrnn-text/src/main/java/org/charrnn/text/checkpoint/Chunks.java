package org.charrnn.text.checkpoint;

import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Numbers as little-endian bytes, a chunk at a time, through one buffer.
 *
 * <p><b>Thread safety.</b> None.
 */
final class Chunks {

  private static final int BYTES = 1 << 18;

  private final byte[] bytes = new byte[BYTES];
  private final FloatBuffer floats =
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();

  /** Receives chunks. */
  interface Sink {
    /** Receives the first {@code length} of these bytes. */
    void accept(byte[] chunk, int length) throws IOException;
  }

  /** Delivers all numbers. */
  void write(float[] values, Sink sink) throws IOException {
    for (int from = 0; from < values.length; from += BYTES / 4) {
      int length = Math.min(BYTES / 4, values.length - from);
      floats.put(0, values, from, length);
      sink.accept(bytes, 4 * length);
    }
  }

  /** Reads numbers; the sink receives their bytes too. */
  void read(DataInput in, float[] values, Sink sink) throws IOException {
    for (int from = 0; from < values.length; from += BYTES / 4) {
      int length = Math.min(BYTES / 4, values.length - from);
      fill(in, 4 * length, sink);
      floats.get(0, values, from, length);
    }
  }

  /** Reads bytes that only the sink receives. */
  void skip(DataInput in, long bytes, Sink sink) throws IOException {
    for (long from = 0; from < bytes; from += BYTES) {
      fill(in, (int) Math.min(BYTES, bytes - from), sink);
    }
  }

  private void fill(DataInput in, int length, Sink sink) throws IOException {
    in.readFully(bytes, 0, length);
    sink.accept(bytes, length);
  }
}
