package org.charrnn.testkit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Weights;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.Norm;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Role;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.cases.SampleCell;
import org.charrnn.testkit.gradient.GradientCheck;
import org.charrnn.testkit.gradient.GradientProbe;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Residual connections, norms and dropout along time. */
class ConnectionsTest {

  private static final int H = 4;
  private static final int T = 3;
  private static final int B = 2;

  /** {@code h' = x W}: the output of a layer is a product of its input. */
  private static final class ProductCell implements Cell {
    @Override
    public String name() {
      return "product";
    }

    @Override
    public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
      return List.of(ParameterSpec.weight("W", inputSize, hiddenSize));
    }

    @Override
    public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
      return List.of(x.matmul(weights.get("W")).plus(state.getFirst().times(0)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void layer_addsItsInputToTheProductOfTheNormalizedInput(Norm norm) {
    Network network =
        new Network(new Architecture(5, H, H, 1, false).with(true, norm), new ProductCell());
    ReferenceInterpreter interpreter =
        new ReferenceInterpreter(network.embed(T, B, StateResets.NONE));
    SeededRandom random = new SeededRandom(3);
    network.parameters().keySet().stream()
        .filter(name -> !name.startsWith("output") && !name.startsWith("norm.output"))
        .forEach(name -> Arrays.setAll(interpreter.floats(name), _ -> random.nextGaussian()));
    Arrays.setAll(interpreter.ints("ids"), i -> i % 5);
    interpreter.run();
    for (int i = 0; i < T * B; i++) {
      int row = i % 5 * H;
      double[] x = Arrays.copyOfRange(interpreter.floats("embedding"), row, row + H);
      double[] input = normalized(norm, x, interpreter);
      double[] expected = x.clone();
      for (int k = 0; k < H; k++) {
        for (int j = 0; j < H; j++) {
          expected[j] += input[k] * interpreter.floats("product.0.W")[k * H + j];
        }
      }
      double[] hidden = interpreter.floats(BufferNames.HIDDEN);
      assertArrayEquals(expected, Arrays.copyOfRange(hidden, i * H, i * H + H), 1e-12);
    }
  }

  private static double[] normalized(Norm norm, double[] x, ReferenceInterpreter interpreter) {
    if (norm == Norm.NONE) {
      return x;
    }
    double mean = norm == Norm.LAYER ? Arrays.stream(x).average().orElseThrow() : 0;
    double square =
        Arrays.stream(x).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    double[] result = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      result[j] = (x[j] - mean) / Math.sqrt(square + 1e-5) * interpreter.floats("norm.0.gain")[j];
      if (norm == Norm.LAYER) {
        result[j] += interpreter.floats("norm.0.bias")[j];
      }
    }
    return result;
  }

  @Test
  void parameters_ofNorms_haveTheSizeOfTheirInputs() {
    Network network =
        new Network(new Architecture(5, 3, H, 2, false).with(true, Norm.LAYER), new SampleCell());
    assertEquals(3, network.parameters().get("norm.0.gain").shape().elements());
    assertEquals(H, network.parameters().get("norm.1.bias").shape().elements());
    assertEquals(H, network.parameters().get("norm.output.gain").shape().elements());
    Network ofIds =
        new Network(new Architecture(5, 0, H, 1, false).with(true, Norm.RMS), new SampleCell());
    assertEquals(
        List.of("norm.output.gain"),
        ofIds.parameters().keySet().stream().filter(name -> name.startsWith("norm")).toList());
  }

  // ---- dropout

  private static StepSpec step(double inputs, DropoutKind kind, double recurrent) {
    return StepSpec.builder(T, B)
        .carryState(true)
        .meanLoss(true)
        .dropout(inputs)
        .dropoutKind(kind)
        .recurrentDropout(recurrent)
        .build();
  }

  private static Network network() {
    return new Network(new Architecture(5, 3, H, 2, false), new SampleCell());
  }

  @ParameterizedTest(name = "{0}, {1}, recurrent {2}")
  @CsvSource({"0.4, INDEPENDENT, 0", "0.4, LOCKED, 0", "0, LOCKED, 0.4", "0.3, LOCKED, 0.3"})
  void gradients_withDropout_agreeWithFiniteDifferences(
      double inputs, DropoutKind kind, double recurrent) {
    Map<String, String> gradients = new LinkedHashMap<>();
    network().parameters().keySet().forEach(name -> gradients.put(name, name + ".gradient"));
    Program program = network().train(step(inputs, kind, recurrent), new GradientProbe());
    GradientCheck check = new GradientCheck(program, "loss", gradients);
    check.fillRandomly(2);
    SeededRandom random = new SeededRandom(11);
    Arrays.setAll(check.ints("ids"), _ -> random.nextInt(5));
    Arrays.setAll(check.ints("targets"), _ -> random.nextInt(5));
    check.ints(BufferNames.DROPOUT_SEED)[0] = 17;
    check.requireBelow(1e-6);
  }

  /** The mask of an input has a row for each text, but none for each time step. */
  @Test
  void locked_masksHaveNoTime() {
    assertEquals(List.of(B, B, B), masks(step(0.4, DropoutKind.LOCKED, 0)));
    assertEquals(List.of(T * B, T * B, T * B), masks(step(0.4, DropoutKind.INDEPENDENT, 0)));
    assertEquals(List.of(H, H), masks(step(0, DropoutKind.LOCKED, 0.4)), "of the weights U");
  }

  /** The rows of the random numbers that a step draws. */
  private static List<Integer> masks(StepSpec step) {
    return network().train(step, new GradientProbe()).instructions().stream()
        .filter(instruction ->
            instruction instanceof Instruction.Run run
                && run.kernel() instanceof org.charrnn.graph.Op.Uniform)
        .map(instruction -> ((Instruction.Run) instruction).outputs().getFirst().rows())
        .toList();
  }

  @Test
  void recurrentDropout_changesWithTheSeedAlone() {
    Program program = network().train(step(0, DropoutKind.INDEPENDENT, 0.5), new GradientProbe());
    double first = loss(program, 1);
    assertEquals(first, loss(program, 1));
    assertNotEquals(first, loss(program, 2));
  }

  private static double loss(Program program, int seed) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter(program);
    SeededRandom random = new SeededRandom(5);
    for (Buffer buffer : program.buffers(Role.PARAMETER)) {
      Arrays.setAll(interpreter.floats(buffer.name()), _ -> random.nextGaussian());
    }
    Arrays.setAll(interpreter.ints("ids"), i -> i % 5);
    Arrays.setAll(interpreter.ints("targets"), i -> (i + 1) % 5);
    interpreter.ints(BufferNames.DROPOUT_SEED)[0] = seed;
    interpreter.run();
    return interpreter.floats("loss")[0];
  }

  @Test
  void recurrentWeights_areThoseThatMultiplyTheState() {
    assertEquals(List.of("U"), network().recurrentWeights());
    Network without = new Network(new Architecture(5, 3, H, 1, false), new ProductCell());
    assertEquals(List.of(), without.recurrentWeights());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> without.train(step(0, DropoutKind.LOCKED, 0.5), new GradientProbe()));
    assertTrue(String.valueOf(e.getMessage()).contains("'product'"), e::getMessage);
  }
}
