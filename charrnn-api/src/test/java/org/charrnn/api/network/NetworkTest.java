package org.charrnn.api.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.charrnn.api.Cell;
import org.charrnn.api.Optimizer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Op;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final int VOCABULARY = 40;
  private static final int HIDDEN = 5;

  /** A cell of two states: a fast one, which is its output, and a slow one. */
  private static class TwoStates implements Cell {
    @Override
    public String name() {
      return "two";
    }

    @Override
    public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
      return List.of(
          ParameterSpec.weight("W", inputSize, hiddenSize),
          ParameterSpec.weight("U", hiddenSize, hiddenSize),
          ParameterSpec.bias("b", hiddenSize));
    }

    @Override
    public List<String> states() {
      return List.of("fast", "slow");
    }

    @Override
    public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
      Tensor fast =
          x.matmul(p.get("W")).plus(state.get(0).matmul(p.get("U"))).plus(p.get("b")).tanh();
      return List.of(fast.plus(state.get(1)), state.get(1).plus(fast).times(0.5));
    }
  }

  /** Gradient descent that remembers two things of each parameter. */
  private static class Remembering implements Optimizer {
    @Override
    public String name() {
      return "remembering";
    }

    @Override
    public double defaultLearningRate() {
      return 0.1;
    }

    @Override
    public List<String> states() {
      return List.of("sum", "count");
    }

    @Override
    public Update update(
        Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
      return Update.of(
          parameter.minus(context.learningRate().times(gradient)),
          state.get(0).plus(gradient),
          state.get(1).plus(context.stepNumber()));
    }
  }

  /** Gradient descent that remembers nothing. */
  private static final class Descending extends Remembering {
    @Override
    public List<String> states() {
      return List.of();
    }

    @Override
    public Update update(
        Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
      return Update.of(parameter.minus(context.learningRate().times(gradient)));
    }
  }

  private static Network network(int embedding, int layers) {
    return new Network(
        new Architecture(VOCABULARY, embedding, HIDDEN, layers, false), new TwoStates());
  }

  private static StepSpec step(boolean carryState, double clipNorm) {
    return StepSpec.builder(4, 3).carryState(carryState).meanLoss(true).clipNorm(clipNorm).build();
  }

  private static List<String> names(List<Buffer> buffers) {
    return buffers.stream().map(Buffer::name).toList();
  }

  private static List<String> describe(List<Buffer> buffers) {
    return buffers.stream().map(buffer -> buffer.type() + " " + buffer).toList();
  }

  private static List<Op.Kernel> kernels(Program program) {
    List<Op.Kernel> kernels = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> kernels.add(run.kernel());
        case Instruction.Loop loop -> loop.body().forEach(run -> kernels.add(run.kernel()));
      }
    }
    return kernels;
  }

  // ---- names, order, shapes

  @Test
  void parameters_namesOrderShapes() {
    Map<String, ParameterSpec> parameters = network(0, 2).parameters();
    assertEquals(
        List.of(
            "two.0.W",
            "two.0.U",
            "two.0.b",
            "two.1.W",
            "two.1.U",
            "two.1.b",
            "output.weight",
            "output.bias"),
        List.copyOf(parameters.keySet()));
    assertEquals(Shape.of(VOCABULARY, HIDDEN), parameters.get("two.0.W").shape());
    assertEquals(Shape.of(HIDDEN, HIDDEN), parameters.get("two.1.W").shape());
    assertEquals(Shape.of(HIDDEN, VOCABULARY), parameters.get("output.weight").shape());
    assertEquals(Shape.of(VOCABULARY), parameters.get("output.bias").shape());
    assertThrows(UnsupportedOperationException.class, parameters::clear);
  }

  @Test
  void parameters_embedding_comesFirstAndFeedsTheFirstLayer() {
    Map<String, ParameterSpec> parameters = network(7, 1).parameters();
    assertEquals("embedding", parameters.keySet().iterator().next());
    assertEquals(Shape.of(VOCABULARY, 7), parameters.get("embedding").shape());
    assertEquals(Shape.of(7, HIDDEN), parameters.get("two.0.W").shape());
  }

  @Test
  void parameters_tied_theEmbeddingIsTheWeightOfTheOutput() {
    Network network =
        new Network(new Architecture(VOCABULARY, HIDDEN, HIDDEN, 1, true), new TwoStates());
    assertEquals(
        List.of("embedding", "two.0.W", "two.0.U", "two.0.b", "output.bias"),
        List.copyOf(network.parameters().keySet()));
    for (Program program :
        List.of(
            network.train(step(true, 5), new Remembering()),
            network.evaluate(6, 2, StateResets.NONE),
            network.generate(3, StateResets.NONE))) {
      assertEquals(
          List.copyOf(network.parameters().keySet()), names(program.buffers(Role.PARAMETER)));
    }
  }

  @Test
  void parameters_tied_aProjectionStandsBetweenUnequalSizes() {
    Network network =
        new Network(new Architecture(VOCABULARY, 7, HIDDEN, 1, true), new TwoStates());
    assertEquals(
        List.of("embedding", "two.0.W", "two.0.U", "two.0.b", "output.projection", "output.bias"),
        List.copyOf(network.parameters().keySet()));
    assertEquals(Shape.of(HIDDEN, 7), network.parameters().get("output.projection").shape());
    assertEquals(
        List.copyOf(network.parameters().keySet()),
        names(network.generate(3, StateResets.NONE).buffers(Role.PARAMETER)));
  }

  @Test
  void states_namesOrderShapes() {
    Network network = network(0, 2);
    assertEquals(
        List.of("state.0.fast", "state.0.slow", "state.1.fast", "state.1.slow"),
        network.carriedStates());
    Map<String, Shape> states = network.optimizerStates(new Remembering());
    assertEquals(2 * network.parameters().size(), states.size());
    assertEquals(
        List.of("two.0.W.sum", "two.0.W.count", "two.0.U.sum"),
        states.keySet().stream().limit(3).toList());
    assertEquals(Shape.of(VOCABULARY, HIDDEN), states.get("two.0.W.count"));
  }

  // ---- programs

  @Test
  void train_bindsWhatIsDocumented() {
    Network network = network(0, 2);
    Program program = network.train(step(true, 5), new Remembering());
    assertEquals("train", program.name());
    assertEquals(
        List.copyOf(network.parameters().keySet()), names(program.buffers(Role.PARAMETER)));
    assertEquals(
        List.copyOf(network.optimizerStates(new Remembering()).keySet()),
        names(program.buffers(Role.OPTIMIZER_STATE)));
    assertEquals(network.carriedStates(), names(program.buffers(Role.CARRIED_STATE)));
    program
        .buffers(Role.CARRIED_STATE)
        .forEach(buffer -> assertEquals(Shape.of(3, HIDDEN), buffer.shape()));
    assertEquals(
        List.of("I32 ids[4, 3]", "I32 targets[4, 3]", "F32 learningRate[]", "F32 step[]"),
        describe(program.buffers(Role.INPUT)));
    assertEquals(
        List.of("F32 loss[]", "F32 gradientNorm[]"), describe(program.buffers(Role.OUTPUT)));
    network
        .optimizerStates(new Remembering())
        .forEach((name, shape) -> assertEquals(shape, program.buffer(name).shape(), name));
  }

  @Test
  void train_writesEachParameterAndState() {
    Program program = network(0, 1).train(step(true, 5), new Remembering());
    List<String> written = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      if (instruction instanceof Instruction.Run run) {
        run.outputs().forEach(output -> written.add(output.buffer().name()));
      }
    }
    for (Buffer buffer : program.externals()) {
      assertEquals(buffer.role() != Role.INPUT, written.contains(buffer.name()), buffer.name());
    }
  }

  @Test
  void train_withoutCarriedState_hasNone() {
    Program program = network(0, 2).train(step(false, 5), new Remembering());
    assertEquals(List.of(), program.buffers(Role.CARRIED_STATE));
  }

  @Test
  void train_withoutClipping_hasNoNorm() {
    for (double none : new double[] {Double.POSITIVE_INFINITY, 1e300}) {
      Program program = network(0, 1).train(step(true, none), new Remembering());
      assertEquals(List.of("loss"), names(program.buffers(Role.OUTPUT)));
    }
  }

  @Test
  void train_sumOrMean_computesDifferently() {
    Network network = network(0, 1);
    StepSpec.Builder step = StepSpec.builder(4, 3).carryState(true).clipNorm(5);
    Program mean = network.train(step.meanLoss(true).build(), new Remembering());
    Program sum = network.train(step.meanLoss(false).build(), new Remembering());
    assertFalse(mean.toString().equals(sum.toString()));
  }

  @Test
  void train_twice_isTheSameProgram() {
    assertEquals(
        network(7, 2).train(step(true, 5), new Remembering()),
        network(7, 2).train(step(true, 5), new Remembering()));
  }

  @Test
  void train_plainDescent_updatesOnlyTheRowsThatOccur() {
    List<Op.Kernel> kernels = kernels(network(0, 1).train(step(true, 5), new Descending()));
    assertEquals(1, kernels.stream().filter(kernel -> kernel instanceof Op.UpdateRows).count());
    assertTrue(kernels.contains(new Op.CrossEntropy(true, true)));
  }

  @Test
  void train_clippedElements_stillUpdatesOnlyTheRowsThatOccur() {
    StepSpec step =
        StepSpec.builder(4, 3).carryState(true).meanLoss(true).clipNorm(5).clipValue(0.1).build();
    List<Op.Kernel> kernels = kernels(network(0, 1).train(step, new Descending()));
    assertEquals(1, kernels.stream().filter(kernel -> kernel instanceof Op.UpdateRows).count());
  }

  @Test
  void accumulate_bindsWhatIsDocumented_andAddsUpOnlyTheRowsThatOccur() {
    Network network = network(0, 2);
    Program program = network.accumulate(step(true, 5));
    assertEquals("accumulate", program.name());
    assertEquals(network.accumulators(), names(program.buffers(Role.OPTIMIZER_STATE)));
    assertEquals(network.carriedStates(), names(program.buffers(Role.CARRIED_STATE)));
    assertEquals(
        List.of("I32 ids[4, 3]", "I32 targets[4, 3]"), describe(program.buffers(Role.INPUT)));
    assertEquals(List.of("F32 loss[]"), describe(program.buffers(Role.OUTPUT)));
    assertEquals(
        1, kernels(program).stream().filter(kernel -> kernel instanceof Op.UpdateRows).count());
  }

  @Test
  void applyAccumulated_bindsWhatIsDocumented() {
    Network network = network(0, 2);
    Program program = network.applyAccumulated(step(true, 5), new Remembering());
    assertEquals("update", program.name());
    assertEquals(
        List.copyOf(network.parameters().keySet()), names(program.buffers(Role.PARAMETER)));
    assertEquals(List.of(), program.buffers(Role.CARRIED_STATE));
    assertEquals(
        List.of("F32 windowCount[]", "F32 learningRate[]", "F32 step[]"),
        describe(program.buffers(Role.INPUT)));
    assertEquals(List.of("F32 gradientNorm[]"), describe(program.buffers(Role.OUTPUT)));
    List<String> states = names(program.buffers(Role.OPTIMIZER_STATE));
    assertTrue(states.containsAll(network.accumulators()), states::toString);
    assertTrue(
        states.containsAll(network.optimizerStates(new Remembering()).keySet()), states::toString);
    assertEquals(3 * network.parameters().size(), states.size());
  }

  @Test
  void evaluate_bindsWhatIsDocumented() {
    Network network = network(7, 2);
    Program program = network.evaluate(6, 2, StateResets.NONE);
    assertEquals("evaluate", program.name());
    assertEquals(
        List.copyOf(network.parameters().keySet()), names(program.buffers(Role.PARAMETER)));
    assertEquals(network.carriedStates(), names(program.buffers(Role.CARRIED_STATE)));
    assertEquals(
        List.of("I32 ids[6, 2]", "I32 targets[6, 2]"), describe(program.buffers(Role.INPUT)));
    assertEquals(List.of("F32 losses[6, 2]"), describe(program.buffers(Role.OUTPUT)));
    assertEquals(List.of(), program.buffers(Role.OPTIMIZER_STATE));
  }

  @Test
  void generate_bindsWhatIsDocumented() {
    Network network = network(0, 2);
    Program program = network.generate(3, StateResets.NONE);
    assertEquals("generate", program.name());
    assertEquals(network.carriedStates(), names(program.buffers(Role.CARRIED_STATE)));
    assertEquals(List.of("I32 ids[1, 3]"), describe(program.buffers(Role.INPUT)));
    assertEquals(
        List.of("F32 logits[1, 3, " + VOCABULARY + "]"), describe(program.buffers(Role.OUTPUT)));
  }

  @Test
  void embed_bindsWhatIsDocumented() {
    Network network = network(7, 2);
    Program program = network.embed(6, 2, StateResets.MASKED);
    assertEquals("embed", program.name());
    assertEquals(network.carriedStates(), names(program.buffers(Role.CARRIED_STATE)));
    assertEquals(
        List.of("I32 ids[6, 2]", "F32 stateMask[6, 2, 1]"), describe(program.buffers(Role.INPUT)));
    assertEquals(
        List.of("F32 hidden[6, 2, " + HIDDEN + "]"), describe(program.buffers(Role.OUTPUT)));
  }

  @Test
  void programs_nameTheirMemoryAlike() {
    Network network = network(7, 2);
    Program train = network.train(step(true, 5), new Remembering());
    for (Program other :
        List.of(network.evaluate(6, 3, StateResets.NONE), network.generate(3, StateResets.NONE))) {
      Stream.concat(
              other.buffers(Role.PARAMETER).stream(), other.buffers(Role.CARRIED_STATE).stream())
          .forEach(buffer -> {
            assertEquals(buffer.shape(), train.buffer(buffer.name()).shape());
            assertEquals(buffer.role(), train.buffer(buffer.name()).role());
            assertEquals(Type.F32, buffer.type());
          });
    }
  }

  @Test
  void oneHotInput_isALookUpOverTheWholeWindow() {
    Program program = network(0, 1).evaluate(6, 2, StateResets.NONE);
    Instruction.Loop loop =
        program.instructions().stream()
            .filter(instruction -> instruction instanceof Instruction.Loop)
            .map(instruction -> (Instruction.Loop) instruction)
            .findFirst()
            .orElseThrow();
    assertFalse(loop.body().stream().anyMatch(run -> run.kernel() instanceof Op.Gather));
    assertEquals(
        1, kernels(program).stream().filter(kernel -> kernel instanceof Op.Gather).count());
  }

  // ---- plugins that break their word

  @Test
  void cell_declaresAParameterTwice() {
    Cell cell =
        new TwoStates() {
          @Override
          public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
            return List.of(
                ParameterSpec.bias("b", hiddenSize), ParameterSpec.bias("b", hiddenSize));
          }
        };
    Architecture architecture = new Architecture(VOCABULARY, 0, HIDDEN, 1, false);
    var error = assertThrows(IllegalArgumentException.class, () -> new Network(architecture, cell));
    assertEquals("cell 'two' declares parameter 'b' twice", error.getMessage());
  }

  @Test
  void cell_returnsAnotherNumberOfStates() {
    Cell cell =
        new TwoStates() {
          @Override
          public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
            return List.of(state.getFirst());
          }
        };
    Network network = new Network(new Architecture(VOCABULARY, 0, HIDDEN, 1, false), cell);
    var error =
        assertThrows(IllegalArgumentException.class, () -> network.generate(1, StateResets.NONE));
    assertEquals(
        "a loop must keep the number of its states: 2 before a step, 1 after it",
        error.getMessage());
  }

  @Test
  void optimizer_returnsAnotherNumberOfStates() {
    Optimizer optimizer =
        new Remembering() {
          @Override
          public Update update(
              Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
            return Update.of(parameter.minus(gradient), state.getFirst());
          }
        };
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> network(0, 1).train(step(true, 5), optimizer));
    assertEquals(
        "optimizer 'remembering' declares the states [sum, count] but its update of two.0.W[40, 5] returns 1",
        error.getMessage());
  }
}
