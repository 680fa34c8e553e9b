package org.charrnn.testkit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.charrnn.api.SeededRandom;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.gradient.GradientCheck;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hundreds of random graphs: each compilation computes the same results as the graph itself, with
 * every set of optimizations.
 */
class RandomGraphTest {

  private static final int BLOCK = 50;
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void forwardPass_everyCompilation(int block) {
    for (int seed = block * BLOCK; seed < (block + 1) * BLOCK; seed++) {
      check(seed, false);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void gradientsAndUpdates_everyCompilation(int block) {
    for (int seed = block * BLOCK; seed < (block + 1) * BLOCK; seed++) {
      check(1000 + seed, true);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void gradients_agreeWithFiniteDifferences(int block) {
    for (int seed = block * 100; seed < (block + 1) * 100; seed++) {
      RandomGraph random = new RandomGraph(seed, new Graph());
      GradientCheck check = GradientCheck.of(random.loss(), random.parameters());
      check.fillRandomly(seed);
      for (Tensor leaf : random.graph().leaves().values()) {
        if (leaf.type() == Type.I32) {
          int[] ids = ids(leaf, seed);
          System.arraycopy(ids, 0, check.ints(leaf.name()), 0, ids.length);
        }
      }
      GradientCheck.Element worst = check.worst();
      int number = seed;
      assertTrue(worst.error() < 1e-6, () -> "seed " + number + ": " + worst);
    }
  }

  private static void check(int seed, boolean gradients) {
    RandomGraph plain = record(seed, gradients, Set.of());
    Map<String, double[]> expected = evaluate(plain.graph(), seed);
    RandomGraph hoisted = record(seed, gradients, Set.of(Optimization.HOISTING));
    compare(expected, evaluate(hoisted.graph(), seed), "seed " + seed + ", hoisted, evaluated");
    for (Set<Optimization> optimizations : optimizations(seed)) {
      String label = "seed " + seed + ", " + optimizations;
      Graph graph = record(seed, gradients, optimizations).graph();
      compare(expected, run(graph, compile(graph, label), seed, label), label);
    }
  }

  /** None, all, and a quarter of the other sets: each of them for one of four graphs. */
  private static List<Set<Optimization>> optimizations(int seed) {
    List<Set<Optimization>> every = EverySubset.ofOptimizations();
    List<Set<Optimization>> some = new ArrayList<>();
    for (int i = 0; i < every.size(); i++) {
      if (i == 0 || i == every.size() - 1 || (i + seed) % 4 == 0) {
        some.add(every.get(i));
      }
    }
    return some;
  }

  private static RandomGraph record(int seed, boolean gradients, Set<Optimization> optimizations) {
    RandomGraph random = new RandomGraph(seed, new Graph(optimizations));
    random.recordResults(gradients);
    return random;
  }

  private static Program compile(Graph graph, String label) {
    try {
      return Compiler.compile(graph, "random");
    } catch (RuntimeException e) {
      throw new IllegalStateException(label + " cannot be compiled", e);
    }
  }

  /** The outputs and the leaves after a run, by name. */
  private static Map<String, double[]> evaluate(Graph graph, long seed) {
    GraphEvaluator evaluator = new GraphEvaluator();
    for (Tensor leaf : graph.leaves().values()) {
      if (leaf.type() == Type.F32) {
        evaluator.put(leaf, floats(leaf, seed));
      } else {
        evaluator.put(leaf, ids(leaf, seed));
      }
    }
    evaluator.evaluate(graph);
    Map<String, double[]> results = new HashMap<>();
    graph.outputs().forEach((name, tensor) -> results.put(name, evaluator.get(tensor)));
    for (Tensor leaf : graph.leaves().values()) {
      if (leaf.type() == Type.F32) {
        results.put(leaf.name(), evaluator.get(graph.updates().getOrDefault(leaf, leaf)));
      }
    }
    return results;
  }

  private static Map<String, double[]> run(Graph graph, Program program, long seed, String label) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter(program);
    for (Tensor leaf : graph.leaves().values()) {
      if (leaf.type() == Type.F32) {
        double[] values = floats(leaf, seed);
        System.arraycopy(values, 0, interpreter.floats(leaf.name()), 0, values.length);
      } else {
        int[] values = ids(leaf, seed);
        System.arraycopy(values, 0, interpreter.ints(leaf.name()), 0, values.length);
      }
    }
    try {
      interpreter.run();
    } catch (RuntimeException e) {
      throw new IllegalStateException(label + " cannot be run\n" + program, e);
    }
    Map<String, double[]> results = new HashMap<>();
    graph.outputs().keySet().forEach(name -> results.put(name, interpreter.floats(name)));
    for (Tensor leaf : graph.leaves().values()) {
      if (leaf.type() == Type.F32) {
        results.put(leaf.name(), interpreter.floats(leaf.name()));
      }
    }
    return results;
  }

  private static double[] floats(Tensor leaf, long seed) {
    SeededRandom random = new SeededRandom(seed).split(leaf.name().hashCode());
    double[] values = new double[leaf.shape().elements()];
    Arrays.setAll(values, _ -> random.nextGaussian());
    return values;
  }

  private static int[] ids(Tensor leaf, long seed) {
    SeededRandom random = new SeededRandom(seed).split(leaf.name().hashCode());
    int[] values = new int[leaf.shape().elements()];
    Arrays.setAll(values, _ -> random.nextInt(RandomGraph.IDS));
    return values;
  }

  private static void compare(
      Map<String, double[]> expected, Map<String, double[]> actual, String label) {
    assertEquals(expected.keySet(), actual.keySet(), label);
    expected.forEach((name, values) -> {
      double[] others = actual.get(name);
      assertEquals(values.length, others.length, () -> label + ": length of " + name);
      for (int i = 0; i < values.length; i++) {
        double allowed = TOLERANCE * (1 + Math.abs(values[i]));
        if (!(Math.abs(values[i] - others[i]) <= allowed)) {
          fail(
              String.format(
                  Locale.ROOT,
                  "%s: %s at element %d is %s, expected is %s",
                  label,
                  name,
                  i,
                  others[i],
                  values[i]));
        }
      }
    });
  }
}
