package org.charrnn.testkit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.cases.Numbers;
import org.charrnn.testkit.cases.TrainingCase;
import org.charrnn.testkit.graph.EverySubset;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each compilation of a network, hoisted or not, trains it to the same parameters. */
class NetworkCompilationTest {

  private static final int STEPS = 3;

  static Stream<TrainingCase> trainings() {
    return TrainingCase.all().filter(training -> training.architecture().hiddenSize() <= 33);
  }

  static Stream<Arguments> namedTrainings() {
    return trainings().map(training -> argumentSet(training.name(), training));
  }

  @ParameterizedTest
  @MethodSource("namedTrainings")
  void training_everyCompilation_givesEqualParameters(TrainingCase training) {
    Map<String, double[]> expected = train(training, compile(training, Set.of()));
    for (Set<Optimization> optimizations : EverySubset.ofOptimizations()) {
      Map<String, double[]> actual = train(training, compile(training, optimizations));
      assertEquals(expected.keySet(), actual.keySet());
      expected.forEach((name, values) ->
          assertArrayEquals(values, actual.get(name), 1e-11, () -> optimizations + ": " + name));
    }
  }

  @Test
  void trainings_includeSparseAndDenseUpdates() {
    assertEquals(
        Set.of(true, false),
        Set.copyOf(trainings().map(NetworkCompilationTest::isRowSparse).distinct().toList()));
  }

  private static boolean isRowSparse(TrainingCase training) {
    return compile(training, EnumSet.allOf(Optimization.class)).toString().contains("UpdateRows");
  }

  @Test
  void hoisting_takesProductsOutOfTheLoop() {
    TrainingCase training = trainings().skip(2).findFirst().orElseThrow(); // two layers
    Set<Optimization> others = EnumSet.complementOf(EnumSet.of(Optimization.HOISTING));
    long inside = productsInLoops(compile(training, others));
    long outside = productsInLoops(compile(training, EnumSet.allOf(Optimization.class)));
    assertTrue(outside < inside, () -> "products in loops: " + inside + ", hoisted " + outside);
  }

  private static long productsInLoops(Program program) {
    return program.toString().lines().filter(line -> line.matches("    \\S.*MatMul.*")).count();
  }

  private static Program compile(TrainingCase training, Set<Optimization> optimizations) {
    Graph graph = new Graph(optimizations);
    training.network().recordTraining(graph, training.step(), training.optimizer());
    return Compiler.compile(graph, "train");
  }

  private static Map<String, double[]> train(TrainingCase training, Program program) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter(program);
    SeededRandom random = new SeededRandom(3);
    training
        .initialParameters(random)
        .forEach((name, values) -> Numbers.widen(values, interpreter.floats(name)));
    interpreter.floats("learningRate")[0] = 0.1;
    for (int step = 1; step <= STEPS; step++) {
      interpreter.floats("step")[0] = step;
      for (String ids : List.of("ids", "targets")) {
        int[] values = training.ids(training.step().windowLength(), random);
        System.arraycopy(values, 0, interpreter.ints(ids), 0, values.length);
      }
      if (training.step().drops()) {
        interpreter.ints("dropoutSeed")[0] = random.nextInt();
      }
      if (training.step().resets() == StateResets.MASKED) {
        Numbers.widen(
            training.kept(training.step().windowLength(), random),
            interpreter.floats(BufferNames.STATE_MASK));
      }
      interpreter.run();
    }
    Map<String, double[]> results = new HashMap<>();
    for (Buffer buffer : program.externals()) {
      if (buffer.type() == Type.F32) {
        results.put(buffer.name(), interpreter.floats(buffer.name()));
      }
    }
    return results;
  }
}
