package org.charrnn.text.safetensors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of elements that become floats. F64 is rounded, the others are exact. */
public enum FloatType {
  /** Double precision. */
  F64(8) {
    @Override
    void decode(ByteBuffer bytes, float[] values, int from, int count) {
      for (int i = 0; i < count; i++) {
        values[from + i] = (float) bytes.getDouble(8 * i);
      }
    }
  },
  /** Single precision. */
  F32(4) {
    @Override
    void decode(ByteBuffer bytes, float[] values, int from, int count) {
      bytes.asFloatBuffer().get(0, values, from, count);
    }
  },
  /** IEEE half precision. */
  F16(2) {
    @Override
    void decode(ByteBuffer bytes, float[] values, int from, int count) {
      for (int i = 0; i < count; i++) {
        values[from + i] = Float.float16ToFloat(bytes.getShort(2 * i));
      }
    }
  },
  /** The upper 16 bits of single precision, bfloat16. */
  BF16(2) {
    @Override
    void decode(ByteBuffer bytes, float[] values, int from, int count) {
      for (int i = 0; i < count; i++) {
        values[from + i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
      }
    }
  };

  private final int bytes;

  FloatType(int bytes) {
    this.bytes = bytes;
  }

  /** The type with this name in a header, if its elements become floats. */
  static Optional<FloatType> of(String name) {
    return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
  }

  int bytes() {
    return bytes;
  }

  /** Decodes the first {@code count} elements of a buffer in little-endian order. */
  abstract void decode(ByteBuffer bytes, float[] values, int from, int count);
}
