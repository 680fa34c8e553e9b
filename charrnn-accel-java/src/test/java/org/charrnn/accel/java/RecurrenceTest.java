package org.charrnn.accel.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.LoopAnalysis;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loops without products, forwards and backwards, compute the same bits as their steps one by one,
 * with any number of threads. The recurrences are random.
 */
class RecurrenceTest {

  private static final int[][] SIZES = { // T, B, H
    {3, 1, 1}, {4, 3, 5}, {6, 1, 700}, {5, 33, 17}, {2, 40, 520}, {7, 5, 64}
  };

  private static final int PER_SIZE = 4;

  static Stream<Accelerator> accelerators() {
    return Stream.of(new JavaAccelerator(), new VectorAccelerator());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accelerators")
  void randomRecurrences_sameBitsAsStepByStep(Accelerator accelerator) {
    assumeTrue(accelerator.availability() instanceof Availability.Available);
    for (int[] size : SIZES) {
      for (int seed = 0; seed < PER_SIZE; seed++) {
        Program program = recurrence(size, new Random(seed));
        Map<String, float[]> expected = run(accelerator, unrolled(program), 1);
        for (int threads : new int[] {1, 2, 3}) {
          Map<String, float[]> actual = run(accelerator, program, threads);
          expected.forEach((name, values) ->
              assertArrayEquals(values, actual.get(name), () -> name + " of " + program));
        }
      }
    }
  }

  /** A loop of a random expression, and the gradients of all that it reads. */
  private static Program recurrence(int[] size, Random random) {
    int steps = size[0];
    int batch = size[1];
    int columns = size[2];
    Graph graph = new Graph();
    List<Tensor> sequences =
        List.of(
            graph.parameter("x", Shape.of(steps, batch, columns)),
            graph.parameter("y", Shape.of(steps, batch, columns)),
            graph.input("mask", Type.F32, Shape.of(steps, batch, 1)));
    List<Tensor> fixed =
        List.of(graph.parameter("bias", Shape.of(columns)), graph.parameter("scale", Shape.SCALAR));
    List<Tensor> initial = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      initial.add(graph.parameter("start" + i, Shape.of(batch, columns)));
    }
    Graph.Scanned scanned =
        graph.scan(sequences, initial, (slices, carried) -> step(slices, carried, fixed, random));
    graph.output("last", scanned.last().getFirst());
    Tensor stack = scanned.outputs().getFirst();
    graph.output("stack", stack);
    List<Tensor> wanted = new ArrayList<>(List.of(sequences.get(0), sequences.get(1)));
    wanted.addAll(fixed);
    wanted.addAll(initial);
    Tensor loss = stack.times(sequences.get(1)).sum().plus(scanned.last().getLast().sum());
    List<Tensor> gradients = Gradients.of(loss, wanted);
    for (int i = 0; i < wanted.size(); i++) {
      graph.output("gradient of " + wanted.get(i).name(), gradients.get(i));
    }
    Program program = Compiler.compile(graph, "recurrence");
    List<Instruction.Loop> loops = loops(program);
    assertTrue(loops.size() >= 2 && loops.stream().allMatch(RecurrenceTest::isElementwise));
    return program;
  }

  private static Graph.StepResult step(
      List<Tensor> slices, List<Tensor> carried, List<Tensor> fixed, Random random) {
    List<Tensor> next = new ArrayList<>();
    for (Tensor state : carried) {
      Tensor masked = state.times(slices.get(2));
      List<Tensor> values = new ArrayList<>(carried);
      values.addAll(List.of(masked, slices.get(0), slices.get(1)));
      for (int i = 0; i < 6; i++) {
        values.add(combined(values, fixed, random));
      }
      Tensor gate = slices.getFirst().plus(fixed.getFirst()).sigmoid();
      next.add(gate.times(masked).plus(values.getLast().times(fixed.getLast())));
    }
    return new Graph.StepResult(next, List.of(next.getFirst()));
  }

  private static Tensor combined(List<Tensor> values, List<Tensor> fixed, Random random) {
    Tensor a = values.get(random.nextInt(values.size()));
    Tensor b = values.get(random.nextInt(values.size()));
    return switch (random.nextInt(8)) {
      case 0 -> a.plus(b);
      case 1 -> a.times(b).tanh();
      case 2 -> a.minus(fixed.getFirst());
      case 3 -> a.sigmoid();
      case 4 -> a.maximum(b);
      case 5 -> a.minimum(0.5);
      case 6 -> a.negate().minimum(2).exp();
      default -> a.dividedBy(b.square().plus(1));
    };
  }

  private static List<Instruction.Loop> loops(Program program) {
    List<Instruction.Loop> loops = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      if (instruction instanceof Instruction.Loop loop) {
        loops.add(loop);
      }
    }
    return loops;
  }

  private static boolean isElementwise(Instruction.Loop loop) {
    return new LoopAnalysis(loop).isElementwise();
  }

  /** The program with an instruction for each instruction of each step of its loops. */
  private static Program unrolled(Program program) {
    List<Instruction> instructions = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      if (instruction instanceof Instruction.Loop(int steps, boolean reverse, var body)) {
        for (int i = 0; i < steps; i++) {
          int t = reverse ? steps - 1 - i : i;
          body.forEach(run ->
              instructions.add(
                  new Instruction.Run(run.kernel(), at(run.inputs(), t), at(run.outputs(), t))));
        }
      } else {
        instructions.add(instruction);
      }
    }
    return new Program(program.name(), program.buffers(), instructions);
  }

  private static List<Slot> at(List<Slot> slots, int t) {
    return slots.stream()
        .map(slot -> new Slot(slot.buffer(), slot.firstRow(t), slot.rows(), 0))
        .toList();
  }

  private static Map<String, float[]> run(Accelerator accelerator, Program program, int threads) {
    try (Session session = accelerator.open(new AcceleratorOptions(threads, Optional.empty()))) {
      Map<String, Memory> memory = new HashMap<>();
      Random random = new Random(1);
      for (Buffer buffer : program.externals()) {
        Memory allocated = session.allocate(buffer.type(), buffer.shape());
        float[] values = new float[buffer.shape().elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        allocated.write(values);
        memory.put(buffer.name(), allocated);
      }
      session.compile(program, memory).run();
      Map<String, float[]> results = new LinkedHashMap<>();
      memory.forEach((name, allocated) -> {
        float[] values = new float[allocated.shape().elements()];
        allocated.read(values);
        results.put(name, values);
      });
      return results;
    }
  }
}
