package org.charrnn.accel.java.vector.matmul;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.charrnn.accel.java.codegen.Lanes;

/**
 * Copies parts of matrices into the order in which a {@link RegisterTile} reads them, padded with
 * zeros to whole blocks.
 */
final class Packing {

  /**
   * Lines across the blocks that are copied to one block before the next one: enough to write half
   * a page or a whole one, few enough to be still in cache for the next block.
   */
  static final int LINES = 16;

  private Packing() {}

  /**
   * Packs {@code lines} lines of {@code k} elements each: element {@code (i, p)} goes to {@code
   * target[targetOffset + p * width + i]}.
   *
   * @param lineStride from one line to the next in the source
   * @param stride from one element of a line to the next; one of both strides is 1
   * @param width at least {@code lines}; elements beyond them become zero
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
    if (lineStride == 1 && lines == width && width % Lanes.COUNT == 0) {
      copyVectors(source, offset, stride, k, target, targetOffset, width);
    } else if (lineStride == 1 && lines == width && width < Lanes.COUNT) {
      copyPartOfVector(source, offset, stride, k, target, targetOffset, width);
    } else if (lineStride == 1) {
      copyRows(source, offset, stride, lines, k, target, targetOffset, width);
    } else {
      transpose(source, offset, lineStride, lines, k, target, targetOffset, width);
    }
  }

  private static void copyVectors(
      float[] source, int offset, int stride, int k, float[] target, int targetOffset, int width) {
    int from = offset;
    int to = targetOffset;
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < width; j += Lanes.COUNT) {
        FloatVector.fromArray(Lanes.SPECIES, source, from + j).intoArray(target, to + j);
      }
      from += stride;
      to += width;
    }
  }

  /** Copies whole vectors, each overwriting the excess of the previous one. */
  private static void copyPartOfVector(
      float[] source, int offset, int stride, int k, float[] target, int targetOffset, int width) {
    int from = offset;
    int to = targetOffset;
    int end = targetOffset + k * width;
    for (; to + Lanes.COUNT <= end; to += width) {
      FloatVector.fromArray(Lanes.SPECIES, source, from).intoArray(target, to);
      from += stride;
    }
    for (; to < end; to += width) {
      System.arraycopy(source, from, target, to, width);
      from += stride;
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
    int whole = Lanes.COUNT <= Lanes.MOST_EXCHANGED ? k & -Lanes.COUNT : 0;
    int i = 0;
    for (; i < lines; i += Lanes.COUNT) {
      int together = Math.min(Lanes.COUNT, lines - i);
      if (together < Lanes.COUNT && lines < width) {
        whole = 0; // it would overwrite the zeros
      }
      if (whole > 0) {
        TranspositionEmitter.lines(together)
            .run(
                source,
                offset + i * lineStride,
                lineStride,
                whole,
                target,
                targetOffset + i,
                width);
      }
      for (int line = i; line < i + together; line++) {
        for (int p = whole; p < k; p++) {
          target[targetOffset + p * width + line] = source[offset + line * lineStride + p];
        }
      }
    }
  }
}
