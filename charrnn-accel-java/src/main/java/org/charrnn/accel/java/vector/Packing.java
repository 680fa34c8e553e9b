package org.charrnn.accel.java.vector;

import java.util.Arrays;

/**
 * Copies parts of matrices into the order in which a {@link Tile} reads them, filled up with zeros
 * to whole blocks.
 */
final class Packing {

  private Packing() {}

  /**
   * Packs {@code lines} lines of {@code k} elements each, line by line in the fast direction:
   * element {@code (i, p)} goes to {@code target[targetOffset + p * width + i]}.
   *
   * @param lineStride from one line to the next in the source
   * @param stride from one element of a line to the next; one of both strides is 1
   * @param width at least {@code lines}; what is beyond them becomes zero
   */
  static void pack(
      float[] source,
      int offset,
      int lineStride,
      int stride,
      int lines,
      int k,
      float[] target,
      int targetOffset,
      int width) {
    if (lineStride == 1) {
      copyRows(source, offset, stride, lines, k, target, targetOffset, width);
    } else {
      transpose(source, offset, lineStride, lines, k, target, targetOffset, width);
    }
  }

  private static void copyRows(
      float[] source,
      int offset,
      int stride,
      int lines,
      int k,
      float[] target,
      int targetOffset,
      int width) {
    int from = offset;
    int to = targetOffset;
    for (int p = 0; p < k; p++) {
      System.arraycopy(source, from, target, to, lines);
      for (int i = lines; i < width; i++) {
        target[to + i] = 0;
      }
      from += stride;
      to += width;
    }
  }

  private static void transpose(
      float[] source,
      int offset,
      int lineStride,
      int lines,
      int k,
      float[] target,
      int targetOffset,
      int width) {
    if (lines < width) {
      Arrays.fill(target, targetOffset, targetOffset + k * width, 0);
    }
    int i = 0;
    for (; i + 4 <= lines; i += 4) {
      int a = offset + i * lineStride;
      int b = a + lineStride;
      int c = b + lineStride;
      int d = c + lineStride;
      int to = targetOffset + i;
      for (int p = 0; p < k; p++) {
        target[to] = source[a + p];
        target[to + 1] = source[b + p];
        target[to + 2] = source[c + p];
        target[to + 3] = source[d + p];
        to += width;
      }
    }
    for (; i < lines; i++) {
      int a = offset + i * lineStride;
      int to = targetOffset + i;
      for (int p = 0; p < k; p++) {
        target[to] = source[a + p];
        to += width;
      }
    }
  }
}
