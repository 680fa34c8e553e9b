package org.charrnn.accel.java.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Expression.Term;
import org.charrnn.graph.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * Softmax and cross entropy, row by row, so that a row is fetched from memory once: maximum,
 * exponentials, their sum, then the gradient. Threads share out the rows.
 */
final class CrossEntropyStep implements Step, Team.Task {

  private static final long WORTH_SHARING = 1 << 16;

  private static final Expression EXP_OF_DIFFERENCE =
      new Expression(
          2,
          List.of(
              new Term.Binary(BinaryFunction.SUBTRACT, 0, 1), new Term.Unary(UnaryFunction.EXP, 2)),
          List.of(3));
  private static final Expression PRODUCT = Expression.of(BinaryFunction.MULTIPLY);

  private final View logits;
  private final View targets;
  private final @Nullable View upstream;
  private final @Nullable View loss;
  private final @Nullable View gradient;
  private final ElementLoop expOfDifference;
  private final ElementLoop product;
  private final Workers workers;
  private final Part[] parts;
  private final int rows;
  private final int columns;
  private int step;

  /**
   * What one thread uses: a row for the exponentials, a number for what they are reduced or
   * multiplied by.
   */
  private static final class Part {
    final float[] row;
    final float[] number = new float[1];
    final float[] lanes = new float[4 * Lanes.COUNT];
    final float[][] memory = new float[3][];
    final int[] offsets = new int[3];

    Part(int columns) {
      row = new float[columns];
    }
  }

  CrossEntropyStep(
      View logits,
      View targets,
      @Nullable View upstream,
      @Nullable View loss,
      @Nullable View gradient,
      Workers workers) {
    this.logits = logits;
    this.targets = targets;
    this.upstream = upstream;
    this.loss = loss;
    this.gradient = gradient;
    this.rows = logits.rows();
    this.columns = logits.columns();
    this.workers = workers;
    this.expOfDifference = workers.expressions().loop(EXP_OF_DIFFERENCE, List.of(false, true));
    this.product = workers.expressions().loop(PRODUCT, List.of(false, true));
    this.parts = new Part[workers.team().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part(gradient == null ? columns : 0);
    }
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, (long) rows * columns >= WORTH_SHARING);
  }

  @Override
  public void run(int part, int count) {
    int end = (int) ((long) rows * (part + 1) / count);
    for (int row = (int) ((long) rows * part / count); row < end; row++) {
      int target = targets.ids()[targets.offset(step) + row];
      if (target < 0) {
        skip(row);
      } else {
        row(parts[part], row, target);
      }
    }
  }

  private void skip(int row) {
    if (loss != null) {
      loss.floats()[loss.offset(step) + row] = 0;
    }
    if (gradient != null) {
      int from = gradient.offset(step) + row * columns;
      java.util.Arrays.fill(gradient.floats(), from, from + columns, 0);
    }
  }

  private void row(Part part, int row, int target) {
    float[] x = logits.floats();
    int from = logits.offset(step) + row * columns;
    float score = x[from + target];
    float maximum = maximum(x, from, columns);
    float[] e = gradient == null ? part.row : gradient.floats();
    int to = gradient == null ? 0 : gradient.offset(step) + row * columns;
    part.number[0] = maximum;
    apply(part, expOfDifference, x, from, e, to);
    double sum = sum(e, to, columns, part.lanes);
    if (loss != null) {
      loss.floats()[loss.offset(step) + row] = (float) (Math.log(sum) + ((double) maximum - score));
    }
    if (gradient != null) {
      float scale = upstream(row);
      part.number[0] = (float) (scale / sum);
      apply(part, product, e, to, e, to);
      e[to + target] -= scale;
    }
  }

  private float upstream(int row) {
    View view = upstream;
    if (view == null) {
      return 1;
    }
    return view.floats()[view.offset(step) + (view.elements() == 1 ? 0 : row)];
  }

  private void apply(Part part, ElementLoop loop, float[] x, int from, float[] y, int to) {
    part.memory[0] = x;
    part.memory[1] = part.number;
    part.memory[2] = y;
    part.offsets[0] = from;
    part.offsets[2] = to;
    loop.run(part.memory, part.offsets, columns);
  }

  /** The greatest element; those that are not numbers are passed over, the sum will show them. */
  private static float maximum(float[] x, int from, int count) {
    FloatVector a = FloatVector.broadcast(Lanes.SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i + 4 * Lanes.COUNT <= count; i += 4 * Lanes.COUNT) {
      a = greater(a, FloatVector.fromArray(Lanes.SPECIES, x, from + i));
      b = greater(b, FloatVector.fromArray(Lanes.SPECIES, x, from + i + Lanes.COUNT));
      c = greater(c, FloatVector.fromArray(Lanes.SPECIES, x, from + i + 2 * Lanes.COUNT));
      d = greater(d, FloatVector.fromArray(Lanes.SPECIES, x, from + i + 3 * Lanes.COUNT));
    }
    for (; i + Lanes.COUNT <= count; i += Lanes.COUNT) {
      a = greater(a, FloatVector.fromArray(Lanes.SPECIES, x, from + i));
    }
    float maximum = greater(greater(a, b), greater(c, d)).reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      maximum = Math.max(maximum, x[from + i]);
    }
    return maximum;
  }

  /** Two instructions, where {@code max}, which orders zeros and keeps NaN, takes six. */
  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  /**
   * The sum: each lane of four vectors adds its share in float, a sixty-fourth of the row; those
   * are added in double.
   */
  static double sum(float[] x, int from, int count, float[] lanes) {
    FloatVector a = FloatVector.zero(Lanes.SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i + 4 * Lanes.COUNT <= count; i += 4 * Lanes.COUNT) {
      a = a.add(FloatVector.fromArray(Lanes.SPECIES, x, from + i));
      b = b.add(FloatVector.fromArray(Lanes.SPECIES, x, from + i + Lanes.COUNT));
      c = c.add(FloatVector.fromArray(Lanes.SPECIES, x, from + i + 2 * Lanes.COUNT));
      d = d.add(FloatVector.fromArray(Lanes.SPECIES, x, from + i + 3 * Lanes.COUNT));
    }
    a.intoArray(lanes, 0);
    b.intoArray(lanes, Lanes.COUNT);
    c.intoArray(lanes, 2 * Lanes.COUNT);
    d.intoArray(lanes, 3 * Lanes.COUNT);
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    for (; i < count; i++) {
      sum += x[from + i];
    }
    return sum;
  }
}
