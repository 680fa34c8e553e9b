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

/** Matrix products in the shapes that occur in training S and M. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProductBenchmark {

  /** The accelerator. */
  @Param({"java-vector", "java"})
  public String accelerator = "";

  /** The number of threads. */
  @Param({"1", "2"})
  public int threads;

  /** The sizes m, n, k; then the operands, a capital letter for one that is stored transposed. */
  @Param({
    "1600 3000 512 ab", // logits of M
    "1600 512 3000 aB", // gradient of the states
    "512 3000 1600 Ab", // gradient of the output weights
    "512 512 1600 Ab", // gradient of recurrent weights
    "32 512 512 ab", // a step of the loop
    "25 3000 100 ab", // the same for S
    "25 100 3000 aB",
    "100 3000 25 Ab",
    "1 100 100 ab"
  })
  public String product = "";

  private @Nullable OneKernel kernel;

  /** For JMH. */
  public ProductBenchmark() {}

  /** Returns the number of multiplications and additions of one call. */
  static double operations(String product) {
    String[] words = product.split(" ");
    return 2.0
        * Integer.parseInt(words[0])
        * Integer.parseInt(words[1])
        * Integer.parseInt(words[2]);
  }

  /** Compiles the program. */
  @Setup
  public void open() {
    String[] words = product.split(" ");
    int m = Integer.parseInt(words[0]);
    int n = Integer.parseInt(words[1]);
    int k = Integer.parseInt(words[2]);
    boolean transposedA = words[3].charAt(0) == 'A';
    boolean transposedB = words[3].charAt(1) == 'B';
    Graph graph = new Graph();
    Tensor a = graph.input("a", Type.F32, transposedA ? Shape.of(k, m) : Shape.of(m, k));
    Tensor b = graph.input("b", Type.F32, transposedB ? Shape.of(n, k) : Shape.of(k, n));
    graph.output("c", graph.matmul(a, b, transposedA, transposedB));
    kernel = new OneKernel(graph, accelerator, threads);
  }

  /** Multiplies. */
  @Benchmark
  public void multiply() {
    Objects.requireNonNull(kernel).run();
  }

  /** Frees the memory. */
  @TearDown
  public void close() {
    Objects.requireNonNull(kernel).close();
  }
}
