package org.charrnn.testkit.gradient;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.charrnn.api.SeededRandom;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.reference.ReferenceInterpreter;

/**
 * Compares derived gradients with finite differences, in double precision.
 *
 * <p>The difference quotient is the central one over five points, {@code (8 (f(x+h) - f(x-h)) -
 * (f(x+2h) - f(x-2h))) / 12h}, whose error is of fourth order in {@code h} (Abramowitz and Stegun,
 * "Handbook of Mathematical Functions", 1964, 25.3.6). If the error is large, as near the corner of
 * a maximum, smaller {@code h} are tried.
 *
 * <pre>{@code
 * GradientCheck check = GradientCheck.of(loss, List.of(weight, bias));
 * check.fillRandomly(1);
 * check.requireBelow(1e-6);
 * }</pre>
 *
 * <p><b>Thread safety.</b> None.
 */
public final class GradientCheck {

  private static final double[] STEPS = {1e-4, 1e-5, 1e-6};
  private static final double GOOD = 1e-8; // smaller steps are not tried

  /** Errors are relative to the element, or to this fraction of the largest if that is larger. */
  private static final double FLOOR = 1e-3;

  /** Likewise for this fraction of the loss, whose rounding error is in each quotient. */
  private static final double NOISE = 1e-5;

  private final ReferenceInterpreter interpreter;
  private final ReferenceInterpreter lossAlone; // in the same memory
  private final String loss;
  private final Map<String, String> gradients;
  private final Map<String, double[]> start = new HashMap<>();

  /**
   * One element of a gradient.
   *
   * @param parameter the name of the parameter
   * @param element its index in the parameter, in row-major order
   * @param derived the derivative that the program computes
   * @param measured the difference quotient
   * @param error the difference, relative to the larger of the two
   */
  public record Element(
      String parameter, int element, double derived, double measured, double error) {}

  /**
   * A check of a program that outputs a loss and gradients.
   *
   * @param program the program; its buffers are restored after each run
   * @param loss the name of a scalar output of the program
   * @param gradients maps the name of each parameter to the name of the buffer of its gradient
   */
  public GradientCheck(Program program, String loss, Map<String, String> gradients) {
    this.interpreter = new ReferenceInterpreter(program);
    this.lossAlone = new ReferenceInterpreter(until(program, program.buffer(loss)));
    this.loss = loss;
    this.gradients = new LinkedHashMap<>(gradients);
    for (Buffer buffer : program.externals()) {
      if (buffer.type() == Type.F32) {
        lossAlone.bind(buffer.name(), floats(buffer.name()));
      } else {
        lossAlone.bind(buffer.name(), ints(buffer.name()));
      }
    }
  }

  /** The program without what it does after it has written a buffer for the last time. */
  private static Program until(Program program, Buffer result) {
    List<Instruction> instructions = program.instructions();
    int end = instructions.size();
    while (end > 0 && !writes(instructions.get(end - 1), result)) {
      end--;
    }
    return new Program(program.name(), program.buffers(), instructions.subList(0, end));
  }

  private static boolean writes(Instruction instruction, Buffer buffer) {
    List<Instruction.Run> runs =
        switch (instruction) {
          case Instruction.Run run -> List.of(run);
          case Instruction.Loop loop -> loop.body();
        };
    return runs.stream()
        .flatMap(run -> run.outputs().stream())
        .anyMatch(slot -> slot.buffer().equals(buffer));
  }

  /**
   * {@return a check of the gradients of {@code loss}} They are recorded on its graph as additional
   * outputs.
   *
   * @param loss a scalar
   * @param parameters leaves of its graph
   */
  public static GradientCheck of(Tensor loss, List<Tensor> parameters) {
    Graph graph = loss.graph();
    List<Tensor> derived = Gradients.of(loss, parameters);
    graph.output("checked loss", loss);
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).name();
      graph.output("gradient of " + name, derived.get(i));
      names.put(name, "gradient of " + name);
    }
    return new GradientCheck(Compiler.compile(graph, "gradient check"), "checked loss", names);
  }

  /**
   * {@return the memory of a leaf of type F32; fill it before the check}
   *
   * @param name the name of a tensor
   */
  public double[] floats(String name) {
    return interpreter.floats(name);
  }

  /**
   * {@return the memory of a leaf of type I32; fill it before the check}
   *
   * @param name the name of a tensor
   */
  public int[] ints(String name) {
    return interpreter.ints(name);
  }

  /**
   * Fills every leaf of type F32 with normally distributed numbers of standard deviation 0.5.
   *
   * @param seed determines the numbers
   */
  public void fillRandomly(long seed) {
    SeededRandom random = new SeededRandom(seed);
    for (Buffer buffer : interpreter.program().externals()) {
      if (buffer.type() == Type.F32 && buffer.role() != Role.OUTPUT) {
        double[] values = floats(buffer.name());
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.5 * random.nextGaussian();
        }
      }
    }
  }

  /** {@return the element with the largest error} */
  public Element worst() {
    remember();
    Map<String, double[]> derived = derive();
    double floor =
        Math.max(FLOOR * largest(derived), NOISE * (0.1 + Math.abs(interpreter.floats(loss)[0])));
    Element worst = new Element("", 0, 0, 0, -1);
    for (Map.Entry<String, double[]> entry : derived.entrySet()) {
      double[] gradient = entry.getValue();
      for (int i = 0; i < gradient.length; i++) {
        Element element = measure(entry.getKey(), i, gradient[i], floor);
        if (!(element.error() <= worst.error())) { // written so that NaN is the worst
          worst = element;
        }
      }
    }
    restore();
    return worst;
  }

  /**
   * Fails if an element has an error of {@code tolerance} or more.
   *
   * @param tolerance the relative error allowed; 1e-6 suits all smooth functions
   */
  public void requireBelow(double tolerance) {
    Element worst = worst();
    if (!(worst.error() < tolerance)) {
      fail(
          String.format(
              Locale.ROOT,
              "gradient of %s at element %d: derived %s, measured %s, relative error %s exceeds %s",
              worst.parameter(),
              worst.element(),
              worst.derived(),
              worst.measured(),
              worst.error(),
              tolerance));
    }
  }

  private Map<String, double[]> derive() {
    interpreter.run();
    Map<String, double[]> derived = new LinkedHashMap<>();
    gradients.forEach(
        (parameter, gradient) -> derived.put(parameter, interpreter.floats(gradient).clone()));
    return derived;
  }

  private static double largest(Map<String, double[]> gradients) {
    double largest = 0;
    for (double[] gradient : gradients.values()) {
      for (double value : gradient) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  private Element measure(String parameter, int element, double derived, double floor) {
    Element best = new Element(parameter, element, derived, Double.NaN, Double.NaN);
    for (double step : STEPS) {
      double measured =
          (8 * (lossAt(parameter, element, step) - lossAt(parameter, element, -step))
                  - (lossAt(parameter, element, 2 * step) - lossAt(parameter, element, -2 * step)))
              / (12 * step);
      double scale = Math.max(floor, Math.max(Math.abs(derived), Math.abs(measured)));
      double error = Math.abs(derived - measured) / scale;
      if (!(best.error() <= error)) {
        best = new Element(parameter, element, derived, measured, error);
      }
      if (best.error() < GOOD) {
        break;
      }
    }
    return best;
  }

  private double lossAt(String parameter, int element, double distance) {
    restore();
    floats(parameter)[element] += distance;
    lossAlone.run();
    return lossAlone.floats(loss)[0];
  }

  private void remember() {
    for (Buffer buffer : interpreter.program().externals()) {
      if (buffer.type() == Type.F32) {
        start.put(buffer.name(), floats(buffer.name()).clone());
      }
    }
  }

  private void restore() {
    start.forEach((name, values) -> System.arraycopy(values, 0, floats(name), 0, values.length));
  }
}
