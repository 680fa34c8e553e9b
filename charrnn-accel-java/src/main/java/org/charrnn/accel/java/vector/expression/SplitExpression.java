package org.charrnn.accel.java.vector.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.java.runtime.ElementKernel;
import org.charrnn.graph.expression.Expression;

/**
 * An expression as several loops that run in sequence on a block of elements, so short that
 * intermediate values stay in the first-level cache.
 *
 * <p><b>Thread safety.</b> None; each worker has its own intermediate values.
 */
final class SplitExpression implements ElementKernel {

  private static final int BLOCK = 512;

  /** Integers of two cache lines, so that no other thread writes to the lines of an array. */
  private static final int LINE = 32;

  private final int operands;
  private final List<Boolean> scalars;
  private final ElementKernel[] loops;
  private final int[][] sources; // of each loop: the index of a given array, or -1
  private final float[][][] arrays; // of each loop
  private final int[][] starts; // of each loop

  SplitExpression(
      ExpressionEmitter emitter,
      Expression expression,
      List<ExpressionPieces.Piece> pieces,
      List<Boolean> scalars) {
    this.operands = expression.operands();
    this.scalars = List.copyOf(scalars);
    this.loops = new ElementKernel[pieces.size()];
    this.sources = new int[pieces.size()][];
    this.arrays = new float[pieces.size()][][];
    this.starts = new int[pieces.size()][];
    Map<Integer, float[]> intermediate = new HashMap<>();
    for (int i = 0; i < loops.length; i++) {
      ExpressionPieces.Piece piece = pieces.get(i);
      List<Boolean> single =
          piece.operands().stream().map(value -> value < operands && scalars.get(value)).toList();
      loops[i] = emitter.loop(piece.expression(), single);
      int count = piece.operands().size() + piece.results().size();
      sources[i] = new int[count];
      arrays[i] = new float[count][];
      starts[i] = new int[count + LINE];
      for (int v = 0; v < count; v++) {
        boolean result = v >= piece.operands().size();
        int index = v - piece.operands().size();
        int value = result ? piece.results().get(index) : piece.operands().get(v);
        if (result && i == loops.length - 1) {
          sources[i][v] = operands + index;
        } else if (value < operands) {
          sources[i][v] = value;
        } else {
          sources[i][v] = -1;
          arrays[i][v] = intermediate.computeIfAbsent(value, _ -> new float[BLOCK]);
        }
      }
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the same array, not equal elements
  public void run(float[][] given, int[] givenStarts, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      for (int i = 0; i < loops.length; i++) {
        for (int v = 0; v < sources[i].length; v++) {
          int source = sources[i][v];
          if (source >= 0) {
            boolean single = source < operands && scalars.get(source);
            if (arrays[i][v] != given[source]) { // see ElementRows
              arrays[i][v] = given[source];
            }
            starts[i][v] = givenStarts[source] + (single ? 0 : from);
          }
        }
        loops[i].run(arrays[i], starts[i], Math.min(BLOCK, count - from));
      }
    }
  }
}
