package org.charrnn.graph;

import java.util.List;
import java.util.Locale;
import org.charrnn.graph.expression.BinaryFunction;

/**
 * The types and shapes that the operands of each op must have, and the shape of its result. A
 * violation is an {@link IllegalArgumentException} whose message names both shapes.
 */
final class OpRules {

  private OpRules() {}

  static void requireType(Type type, String what, Tensor tensor) {
    if (tensor.type() != type) {
      throw new IllegalArgumentException(
          what + " must be " + type + ": " + tensor + " is " + tensor.type());
    }
  }

  static void checkSeed(Tensor seed) {
    requireType(Type.I32, "seed", seed);
    if (seed.shape().elements() != 1) {
      throw new IllegalArgumentException(
          "the seed of random numbers must be a single number: " + seed);
    }
  }

  static Shape gather(Tensor table, Tensor ids) {
    requireType(Type.F32, "table", table);
    requireType(Type.I32, "ids", ids);
    if (table.shape().rank() != 2) {
      throw new IllegalArgumentException("a table must have shape [rows, columns]: " + table);
    }
    return ids.shape().append(table.shape().columns());
  }

  static Shape scatterAdd(Tensor values, Tensor ids, int rows) {
    requireType(Type.F32, "values", values);
    requireType(Type.I32, "ids", ids);
    if (values.shape().rows() != ids.shape().elements()) {
      throw new IllegalArgumentException(
          "scatterAdd needs a row of values for each id: values "
              + values.shape()
              + ", ids "
              + ids.shape());
    }
    return Shape.of(rows, values.shape().columns());
  }

  static Shape matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    int n = transposeB ? b.shape().rows() : b.shape().columns();
    return transposeA ? Shape.of(a.shape().columns(), n) : a.shape().withColumns(n);
  }

  static void checkMatmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    requireType(Type.F32, "left operand", a);
    requireType(Type.F32, "right operand", b);
    int left = transposeA ? a.shape().rows() : a.shape().columns();
    int right = transposeB ? b.shape().columns() : b.shape().rows();
    if (left != right) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "matrix product of %s%s and %s%s: %d columns against %d rows",
              a,
              transposeA ? "^T" : "",
              b,
              transposeB ? "^T" : "",
              left,
              right));
    }
  }

  /** The caller may choose the axes of a result, but not its rows and columns. */
  static void checkResult(String what, Shape expected, Shape result) {
    if (result.rows() != expected.rows() || result.columns() != expected.columns()) {
      throw new IllegalArgumentException(
          "the result of "
              + what
              + " has shape "
              + expected
              + ", which "
              + result
              + " does not fit");
    }
  }

  static void checkUpstream(Tensor upstream, Tensor targets) {
    requireType(Type.F32, "gradient of the losses", upstream);
    if (upstream.shape().elements() != 1 && !upstream.shape().equals(targets.shape())) {
      throw new IllegalArgumentException(
          "the gradient of the losses must be a scalar or of the shape of the targets: gradient "
              + upstream
              + ", targets "
              + targets);
    }
  }

  static void checkCrossEntropy(Tensor logits, Tensor targets) {
    requireType(Type.F32, "logits", logits);
    requireType(Type.I32, "targets", targets);
    if (logits.shape().rows() != targets.shape().elements()) {
      throw new IllegalArgumentException(
          "crossEntropy needs a row of logits for each target: logits "
              + logits
              + ", targets "
              + targets);
    }
  }

  static void checkSum(Tensor value, Shape smaller) {
    if (!smaller.broadcastsTo(value.shape())) {
      throw new IllegalArgumentException("cannot sum " + value + " to shape " + smaller);
    }
  }

  static void checkBroadcast(Tensor value, Shape shape) {
    if (!value.shape().broadcastsTo(shape)) {
      throw new IllegalArgumentException("cannot broadcast " + value + " to shape " + shape);
    }
  }

  static Shape elementwise(BinaryFunction function, Tensor left, Tensor right) {
    requireType(Type.F32, "operand of " + function, left);
    requireType(Type.F32, "operand of " + function, right);
    Shape first = left.shape();
    Shape second = right.shape();
    // Shapes such as [1, 1] and [] broadcast to each other; the result has the larger rank.
    Shape larger = second.rank() > first.rank() ? second : first;
    Shape smaller = larger.equals(second) ? first : second;
    if (smaller.broadcastsTo(larger)) {
      return larger;
    }
    if (larger.broadcastsTo(smaller)) {
      return smaller;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s of shapes %s and %s: neither can be broadcast to the other",
            function,
            left,
            right));
  }

  static void checkLoop(List<Tensor> sequences, List<Tensor> initial) {
    if (sequences.isEmpty() || sequences.getFirst().shape().rank() == 0) {
      throw new IllegalArgumentException("a loop needs a sequence [steps, ...]: " + sequences);
    }
    if (initial.isEmpty()) {
      throw new IllegalArgumentException("a loop needs at least one carried state");
    }
  }
}
