package org.charrnn.accel.java.vector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.graph.Expression;

/**
 * An expression as several loops that run one after another on a stretch of elements, so short that
 * what they hand on stays in the first-level cache.
 *
 * <p><b>Thread safety.</b> None: what is handed on belongs to one thread.
 */
final class SplitExpression implements ElementKernel {

  private static final int STRETCH = 512;

  private final int operands;
  private final List<Boolean> numbers;
  private final ElementKernel[] loops;
  private final int[][] sources; // of each loop: an index into the memory given, or -1
  private final float[][][] memory; // of each loop
  private final int[][] offsets; // of each loop

  private SplitExpression(
      ExpressionWriter writer,
      Expression expression,
      List<ExpressionPieces.Piece> pieces,
      List<Boolean> numbers) {
    this.operands = expression.operands();
    this.numbers = List.copyOf(numbers);
    this.loops = new ElementKernel[pieces.size()];
    this.sources = new int[pieces.size()][];
    this.memory = new float[pieces.size()][][];
    this.offsets = new int[pieces.size()][];
    Map<Integer, float[]> handedOn = new HashMap<>();
    for (int i = 0; i < loops.length; i++) {
      ExpressionPieces.Piece piece = pieces.get(i);
      List<Boolean> single =
          piece.operands().stream().map(value -> value < operands && numbers.get(value)).toList();
      loops[i] = writer.loop(piece.expression(), single);
      int count = piece.operands().size() + piece.results().size();
      sources[i] = new int[count];
      memory[i] = new float[count][];
      offsets[i] = new int[count];
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
          memory[i][v] = handedOn.computeIfAbsent(value, _ -> new float[STRETCH]);
        }
      }
    }
  }

  /** The kernel of an expression, for one thread: one loop if it is short enough. */
  static ElementKernel kernel(
      ExpressionWriter writer, Expression expression, List<Boolean> numbers) {
    List<ExpressionPieces.Piece> pieces = ExpressionPieces.of(expression);
    return pieces.size() == 1
        ? writer.loop(expression, numbers)
        : new SplitExpression(writer, expression, pieces, numbers);
  }

  @Override
  public void run(float[][] given, int[] starts, int count) {
    for (int from = 0; from < count; from += STRETCH) {
      for (int i = 0; i < loops.length; i++) {
        for (int v = 0; v < sources[i].length; v++) {
          int source = sources[i][v];
          if (source >= 0) {
            boolean single = source < operands && numbers.get(source);
            memory[i][v] = given[source];
            offsets[i][v] = starts[source] + (single ? 0 : from);
          }
        }
        loops[i].run(memory[i], offsets[i], Math.min(STRETCH, count - from));
      }
    }
  }
}
