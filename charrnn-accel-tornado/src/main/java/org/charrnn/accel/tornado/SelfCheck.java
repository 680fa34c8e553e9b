package org.charrnn.accel.tornado;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.api.DeviceException;
import org.charrnn.api.Memory;
import org.charrnn.graph.Gradients;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/**
 * A small step of training on a device and in Java: rows of a table, their hyperbolic tangent, a
 * product, cross entropy, the gradient of the product's matrix, and an update of it.
 */
final class SelfCheck {

  private static final int IDS = 5;
  private static final int ROWS = 7;
  private static final int HIDDEN = 19;
  private static final int CLASSES = 11;
  private static final double RATE = 0.5;
  private static final double TOLERANCE = 1e-4;

  private final float[] table = numbers(ROWS * HIDDEN, 3);
  private final float[] weight = numbers(HIDDEN * CLASSES, 5);
  private final int[] ids = {6, 0, 3, 3, 1};
  private final int[] targets = {10, 2, 0, 7, 2};

  private SelfCheck() {}

  /**
   * Runs the step.
   *
   * @throws DeviceException if the device does not compute what Java computes, or fails to; the
   *     message names it
   */
  static void run(DeviceInfo device) {
    SelfCheck check = new SelfCheck();
    double error;
    try (TornadoSession session = new TornadoSession(device)) {
      error = check.distance(check.onDevice(session), check.inJava());
    } catch (RuntimeException | Error e) {
      throw new DeviceException(
          "Device %s failed at a small step of training: %s. Take another device or another driver; see docs/gpu.md."
              .formatted(device.describe(), e.getMessage()),
          e);
    }
    if (!(error <= TOLERANCE)) { // written so that NaN fails
      throw new DeviceException(
          "Device %s computes wrongly: a small step of training is off by %s. Take another device or another driver; see"
                  .formatted(device.describe(), error)
              + " docs/gpu.md.");
    }
  }

  private static float[] numbers(int count, int seed) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = ((i + 1) * seed * 37 % 101) / 50f - 1;
    }
    return numbers;
  }

  private static Program program() {
    Graph graph = new Graph();
    Tensor weight = graph.parameter("weight", Shape.of(HIDDEN, CLASSES));
    Tensor hidden =
        graph
            .input("ids", Type.I32, Shape.of(IDS))
            .matmul(graph.parameter("table", Shape.of(ROWS, HIDDEN)))
            .tanh();
    Tensor losses =
        graph.crossEntropy(hidden.matmul(weight), graph.input("targets", Type.I32, Shape.of(IDS)));
    Tensor gradient = Gradients.of(losses.sum(), List.of(weight)).getFirst();
    graph.output("losses", losses);
    graph.update(weight, weight.minus(gradient.times(graph.constant(RATE))));
    return Compiler.compile(graph, "self-check");
  }

  /** The losses, and then the new weight. */
  private float[] onDevice(TornadoSession session) {
    Program program = program();
    Map<String, Memory> externals = new HashMap<>();
    for (Buffer buffer : program.externals()) {
      Memory memory = session.allocate(buffer.type(), buffer.shape());
      externals.put(buffer.name(), memory);
      switch (buffer.name()) {
        case "table" -> memory.write(table);
        case "weight" -> memory.write(weight);
        case "ids" -> memory.write(ids);
        case "targets" -> memory.write(targets);
        default -> {}
      }
    }
    session.compile(program, externals).run();
    float[] losses = new float[IDS];
    float[] newWeight = new float[HIDDEN * CLASSES];
    externals.forEach((name, memory) -> {
      switch (name) {
        case "losses" -> memory.read(losses);
        case "weight" -> memory.read(newWeight);
        default -> {}
      }
    });
    float[] all = new float[IDS + HIDDEN * CLASSES];
    System.arraycopy(losses, 0, all, 0, IDS);
    System.arraycopy(newWeight, 0, all, IDS, newWeight.length);
    return all;
  }

  private double[] inJava() {
    double[] all = new double[IDS + HIDDEN * CLASSES];
    for (int i = 0; i < weight.length; i++) {
      all[IDS + i] = weight[i];
    }
    for (int i = 0; i < IDS; i++) {
      double[] powers = new double[CLASSES];
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        double logit = 0;
        for (int h = 0; h < HIDDEN; h++) {
          logit += hidden(i, h) * weight[h * CLASSES + c];
        }
        powers[c] = Math.exp(logit);
        sum += powers[c];
      }
      all[i] = -Math.log(powers[targets[i]] / sum);
      for (int c = 0; c < CLASSES; c++) {
        double upstream = powers[c] / sum - (c == targets[i] ? 1 : 0);
        for (int h = 0; h < HIDDEN; h++) {
          all[IDS + h * CLASSES + c] -= RATE * hidden(i, h) * upstream;
        }
      }
    }
    return all;
  }

  private double hidden(int i, int h) {
    return Math.tanh(table[ids[i] * HIDDEN + h]);
  }

  private double distance(float[] actual, double[] expected) {
    double distance = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      distance = difference <= distance ? distance : difference; // NaN stays
    }
    return distance;
  }
}
