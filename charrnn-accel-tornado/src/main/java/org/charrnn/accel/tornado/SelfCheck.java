package org.charrnn.accel.tornado;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.charrnn.accel.tornado.lowering.Lowering;
import org.charrnn.accel.tornado.runtime.DeviceTarget;
import org.charrnn.accel.tornado.runtime.TornadoSession;
import org.charrnn.api.DeviceException;
import org.charrnn.graph.CounterRandom;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.gradient.Gradients;

/**
 * A small program on a device, compared with plain Java: matrix products in each form that programs
 * use on the device, for all transpositions and for sizes that are not multiples of a tile; each
 * function; random numbers; a loop over time steps; and a training step, which gathers rows of a
 * table, multiplies, computes cross entropy and its gradient, and updates a parameter.
 */
final class SelfCheck {

  /** Relative to the largest element of a result; rounding gives about 1e-6 for these sizes. */
  private static final double TOLERANCE = 1e-5;

  private static final int INNER = 19;
  private static final int ELEMENTS = 77;
  private static final int ROWS = 7;
  private static final int CLASSES = 11;
  private static final int STEPS = 3;
  private static final double RATE = 0.5;
  private static final double SMALL = 0.25;
  private static final int[] IDS = {6, 0, 3, 3, 1};
  private static final int[] TARGETS = {10, 2, 0, 7, 2};

  private final CheckProgram program = new CheckProgram();
  private final boolean isGpu;

  private SelfCheck(boolean isGpu) {
    this.isGpu = isGpu;
  }

  /**
   * Runs the program, and on a GPU a second one with a product that is large.
   *
   * @throws DeviceException if the device does not compute what Java computes, or fails; the
   *     message names the device and the result that differs
   */
  static void run(DeviceTarget device) {
    SelfCheck check = new SelfCheck(device.isGpu());
    check.products();
    check.functions();
    check.randomNumbers();
    check.loop();
    check.trainingStep();
    check.runOn(device);
    if (device.isGpu()) {
      SelfCheck large = new SelfCheck(true);
      large.product(
          130, 16_300, true, true); // not all transpositions: it differs by its tile alone
      large.runOn(device);
    }
  }

  private void runOn(DeviceTarget device) {
    Optional<CheckProgram.Difference> difference;
    try (TornadoSession session = new TornadoSession(device)) {
      difference = program.run(session, TOLERANCE);
    } catch (DeviceException e) { // says what to do
      throw new DeviceException(failure(device, String.valueOf(e.getMessage())), e);
    } catch (RuntimeException | Error e) {
      String cause = e.getMessage() + ". Use another device, backend or driver; see docs/gpu.md.";
      throw new DeviceException(failure(device, cause), e);
    }
    difference.ifPresent(found -> {
      throw new DeviceException(message(device, found));
    });
  }

  private static String failure(DeviceTarget device, String cause) {
    return String.format(
        Locale.ROOT, "Device %s failed during the self-check: %s", device.describe(), cause);
  }

  private static String message(DeviceTarget device, CheckProgram.Difference found) {
    return String.format(
        Locale.ROOT,
        "Device %s does not compute what Java computes: %s, element %d is %s instead of %s, an"
            + " error of %.1e where %.0e is allowed. Use another device, backend or driver; see"
            + " docs/gpu.md.",
        device.describe(),
        found.what(),
        found.index(),
        found.actual(),
        (float) found.expected(),
        found.error(),
        TOLERANCE);
  }

  private static float[] numbers(int count, int seed) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = CounterRandom.uniform(seed, 0, i) * 2 - 1;
    }
    return numbers;
  }

  /** Each size has its own form on a GPU; a processor has one form for all sizes. */
  private void products() {
    products(3, 35);
    products(21, 35);
    if (isGpu) {
      products(70, 2000);
    }
  }

  private void products(int rows, int columns) {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        product(rows, columns, transposeA, transposeB);
      }
    }
  }

  private void product(int rows, int columns, boolean transposeA, boolean transposeB) {
    String what =
        String.format(
            Locale.ROOT,
            "matrix product %s of [%d, %d]%s and [%d, %d]%s",
            Lowering.form(rows, columns, isGpu).description(),
            rows,
            INNER,
            transposeA ? " (stored transposed)" : "",
            INNER,
            columns,
            transposeB ? " (stored transposed)" : "");
    float[] a = numbers(rows * INNER, 3);
    float[] b = numbers(INNER * columns, 5);
    Tensor product =
        program
            .graph()
            .matmul(
                program.input("left of " + what, matrix(rows, INNER, transposeA), a),
                program.input("right of " + what, matrix(INNER, columns, transposeB), b),
                transposeA,
                transposeB);
    program.output(what, product, product(a, b, rows, columns, transposeA, transposeB));
  }

  private static Shape matrix(int rows, int columns, boolean transposed) {
    return transposed ? Shape.of(columns, rows) : Shape.of(rows, columns);
  }

  private static double[] product(
      float[] a, float[] b, int rows, int columns, boolean transposeA, boolean transposeB) {
    double[] result = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < INNER; k++) {
        double left = a[transposeA ? k * rows + i : i * INNER + k];
        for (int j = 0; j < columns; j++) {
          result[i * columns + j] += left * b[transposeB ? j * INNER + k : k * columns + j];
        }
      }
    }
    return result;
  }

  private void functions() {
    function("exp", Tensor::exp, Math::exp);
    function("log", x -> x.square().plus(0.1).log(), x -> Math.log(x * x + 0.1));
    function("sqrt", x -> x.square().plus(0.1).sqrt(), x -> Math.sqrt(x * x + 0.1));
    function("tanh", Tensor::tanh, Math::tanh);
    function("sigmoid", Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)));
  }

  private void function(
      String name, UnaryOperator<Tensor> function, DoubleUnaryOperator expectedFunction) {
    float[] arguments = numbers(ELEMENTS, 7);
    double[] expected = new double[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      arguments[i] *= 4;
      expected[i] = expectedFunction.applyAsDouble(arguments[i]);
    }
    Tensor argument = program.input("argument of " + name, Shape.of(ELEMENTS), arguments);
    program.output("function " + name, function.apply(argument), expected);
  }

  private void randomNumbers() {
    double[] expected = new double[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      expected[i] = CounterRandom.uniform(13, 17, i);
    }
    Tensor seed = program.ids("seed", new int[] {13});
    program.output(
        "random numbers", program.graph().uniform(seed, 17, Shape.of(ELEMENTS)), expected);
  }

  /** A recurrent network, whose rows do not depend on one another. */
  private void loop() {
    float[] sequence = numbers(STEPS * ROWS * INNER, 9);
    float[] weight = numbers(INNER * INNER, 5);
    Tensor weights =
        program.input("weight of the loop", Shape.of(INNER, INNER), weight).times(SMALL);
    Graph.Scanned states =
        program
            .graph()
            .scan(
                List.of(program.input("sequence", Shape.of(STEPS, ROWS, INNER), sequence)),
                List.of(program.input("state", Shape.of(ROWS, INNER), new float[ROWS * INNER])),
                (slices, carried) -> {
                  Tensor product = carried.getFirst().matmulTransposed(weights);
                  return new Graph.StepResult(
                      List.of(product.plus(slices.getFirst()).tanh()), List.of());
                });
    double[] state = new double[ROWS * INNER];
    for (int t = 0; t < STEPS; t++) {
      double[] next = new double[state.length];
      for (int i = 0; i < state.length; i++) {
        double sum = sequence[t * state.length + i];
        for (int k = 0; k < INNER; k++) {
          sum += SMALL * state[i / INNER * INNER + k] * weight[i % INNER * INNER + k];
        }
        next[i] = Math.tanh(sum);
      }
      state = next;
    }
    program.output("state after a loop", states.last().getFirst(), state);
  }

  private void trainingStep() {
    float[] table = numbers(ROWS * INNER, 3);
    float[] weight = numbers(INNER * CLASSES, 5);
    Tensor weights = program.parameter("updated weight", Shape.of(INNER, CLASSES), weight);
    Tensor rows = program.parameter("table", Shape.of(ROWS, INNER), table);
    Tensor hidden = program.ids("ids", IDS).matmul(rows).tanh();
    Tensor losses =
        program.graph().crossEntropy(hidden.matmul(weights), program.ids("targets", TARGETS));
    Tensor gradient = Gradients.of(losses.sum(), List.of(weights)).getFirst();
    program.graph().update(weights, weights.minus(gradient.times(RATE)));

    double[] expectedLosses = new double[IDS.length];
    double[] expectedWeight = new double[weight.length];
    for (int i = 0; i < weight.length; i++) {
      expectedWeight[i] = weight[i];
    }
    for (int i = 0; i < IDS.length; i++) {
      double[] state = new double[INNER];
      for (int h = 0; h < INNER; h++) {
        state[h] = Math.tanh(table[IDS[i] * INNER + h]);
      }
      expectedLosses[i] = trainOn(state, TARGETS[i], weight, expectedWeight);
    }
    program.output("losses of cross entropy", losses, expectedLosses);
    program.updated("updated weight", expectedWeight);
  }

  /** The loss of one target; subtracts its gradient from {@code updated}. */
  private static double trainOn(double[] state, int target, float[] weight, double[] updated) {
    double[] powers = new double[CLASSES];
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      double logit = 0;
      for (int h = 0; h < INNER; h++) {
        logit += state[h] * weight[h * CLASSES + c];
      }
      powers[c] = Math.exp(logit);
      sum += powers[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      double upstream = powers[c] / sum - (c == target ? 1 : 0);
      for (int h = 0; h < INNER; h++) {
        updated[h * CLASSES + c] -= RATE * state[h] * upstream;
      }
    }
    return -Math.log(powers[target] / sum);
  }
}
