package org.charrnn.accel.tornado;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/**
 * A program with known inputs and results: it is recorded together with the results that plain Java
 * computes in double precision, runs once, and is compared.
 */
final class CheckProgram {

  private final Graph graph = new Graph();
  private final Map<String, float[]> floats = new HashMap<>();
  private final Map<String, int[]> ints = new HashMap<>();
  private final Map<String, double[]> expected = new LinkedHashMap<>();

  /**
   * A result that differs from plain Java's.
   *
   * @param what the name of the result, which names its computation
   * @param index the element that differs most
   * @param actual the element as the device computed it
   * @param expected the element as Java computed it
   * @param error the difference in relation to the largest element of the result; may be NaN
   */
  record Difference(String what, int index, float actual, double expected, double error) {}

  Graph graph() {
    return graph;
  }

  /** An input with the given numbers. */
  Tensor input(String name, Shape shape, float[] values) {
    floats.put(name, values);
    return graph.input(name, Type.F32, shape);
  }

  /** A parameter with the given initial values. */
  Tensor parameter(String name, Shape shape, float[] values) {
    floats.put(name, values);
    return graph.parameter(name, shape);
  }

  /** Ids as an input. */
  Tensor ids(String name, int[] values) {
    ints.put(name, values);
    return graph.input(name, Type.I32, Shape.of(values.length));
  }

  /** An output, named for its computation, and its expected values. */
  void output(String what, Tensor value, double[] values) {
    expected.put(what, values);
    graph.output(what, value);
  }

  /** The expected values of a parameter after the program ran. */
  void updated(String parameter, double[] values) {
    expected.put(parameter, values);
  }

  /** Runs the program; returns the first result that differs by more than {@code tolerance}. */
  Optional<Difference> run(Session session, double tolerance) {
    Program program = Compiler.compile(graph, "self-check");
    Map<String, Memory> memories = new HashMap<>();
    for (Buffer buffer : program.externals()) {
      Memory memory = session.allocate(buffer.type(), buffer.shape());
      memories.put(buffer.name(), memory);
      float[] numbers = floats.get(buffer.name());
      if (numbers != null) {
        memory.write(numbers);
      }
      int[] ids = ints.get(buffer.name());
      if (ids != null) {
        memory.write(ids);
      }
    }
    session.compile(program, memories).run();
    for (Map.Entry<String, double[]> result : expected.entrySet()) {
      float[] actual = new float[result.getValue().length];
      Objects.requireNonNull(memories.get(result.getKey())).read(actual);
      Difference difference = largest(result.getKey(), actual, result.getValue());
      if (!(difference.error() <= tolerance)) { // written so that NaN fails
        return Optional.of(difference);
      }
    }
    return Optional.empty();
  }

  private static Difference largest(String what, float[] actual, double[] expected) {
    double scale = Double.MIN_NORMAL;
    for (double number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    Difference largest = new Difference(what, 0, actual[0], expected[0], 0);
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(actual[i] - expected[i]) / scale;
      if (!(error <= largest.error())) {
        largest = new Difference(what, i, actual[i], expected[i], error);
        if (Double.isNaN(error)) {
          return largest;
        }
      }
    }
    return largest;
  }
}
