package org.charrnn.benchmarks.kernels;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Functions of 4,096 numbers, which fit into the L1 cache, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ElementwiseBenchmark {

  static final int COUNT = 4096;

  /** The accelerator. */
  @Param({"java-vector", "java"})
  public String accelerator = "";

  /** The function. */
  @Param({"exp", "sigmoid", "tanh", "log", "adagrad"})
  public String function = "";

  private @Nullable OneKernel kernel;

  /** For JMH. */
  public ElementwiseBenchmark() {}

  /** Compiles the program. */
  @Setup
  public void open() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Type.F32, Shape.of(4, COUNT / 4));
    Tensor result =
        switch (function) {
          case "exp" -> x.exp();
          case "sigmoid" -> x.sigmoid();
          case "tanh" -> x.tanh();
          case "log" -> x.log();
          default -> {
            Tensor g = graph.input("g", Type.F32, x.shape());
            Tensor squares = graph.input("squares", Type.F32, x.shape());
            yield x.minus(g.dividedBy(squares.plus(g.square()).plus(1e-8).sqrt()));
          }
        };
    graph.output("y", result);
    kernel = new OneKernel(graph, accelerator, 1);
  }

  /** Computes all elements. */
  @Benchmark
  public void compute() {
    Objects.requireNonNull(kernel).run();
  }

  /** Frees the memory. */
  @TearDown
  public void close() {
    Objects.requireNonNull(kernel).close();
  }
}
