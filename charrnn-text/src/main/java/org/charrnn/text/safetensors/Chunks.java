package org.charrnn.text.safetensors;

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
public final class Chunks {

  private static final int BYTES = 1 << 18;

  private final byte[] bytes = new byte[BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final FloatBuffer floats = buffer.asFloatBuffer();

  /** Allocates a buffer of 256 KiB. */
  public Chunks() {}

  /** Receives chunks. */
  public interface Sink {
    /** Receives the first {@code length} of these bytes. */
    void accept(byte[] chunk, int length) throws IOException;
  }

  /** Delivers all numbers. */
  public void write(float[] values, Sink sink) throws IOException {
    for (int from = 0; from < values.length; from += BYTES / 4) {
      int length = Math.min(BYTES / 4, values.length - from);
      floats.put(0, values, from, length);
      sink.accept(bytes, 4 * length);
    }
  }

  /** Reads numbers; the sink receives their bytes too. */
  public void read(DataInput in, FloatType type, float[] values, Sink sink) throws IOException {
    int most = BYTES / type.bytes();
    for (int from = 0; from < values.length; from += most) {
      int length = Math.min(most, values.length - from);
      fill(in, type.bytes() * length, sink);
      type.decode(buffer, values, from, length);
    }
  }

  /** Passes bytes to the sink without decoding them. */
  public void skip(DataInput in, long length, Sink sink) throws IOException {
    for (long from = 0; from < length; from += BYTES) {
      fill(in, (int) Math.min(BYTES, length - from), sink);
    }
  }

  private void fill(DataInput in, int length, Sink sink) throws IOException {
    in.readFully(bytes, 0, length);
    sink.accept(bytes, length);
  }
}
