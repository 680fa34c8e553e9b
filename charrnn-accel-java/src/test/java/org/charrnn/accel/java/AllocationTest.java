package org.charrnn.accel.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of training allocates nothing once its kernels are compiled. */
class AllocationTest {

  private static final int RUNS = 50;

  /** C2 may take long on a busy machine. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  static List<Accelerator> accelerators() {
    return List.of(new JavaAccelerator(), new VectorAccelerator());
  }

  @ParameterizedTest
  @MethodSource("accelerators")
  void trainingStep_warm_allocatesNothing(Accelerator accelerator) {
    assumeTrue(accelerator.availability() instanceof Availability.Available);
    Program program = trainingStep();
    AcceleratorOptions options = new AcceleratorOptions(1, Optional.empty());
    try (Session session = accelerator.open(options)) {
      Map<String, Memory> memory = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        memory.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
      }
      assertEquals(0, minimumAllocation(session.compile(program, memory)));
    }
  }

  private static long minimumAllocation(Executable step) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long minimum = Long.MAX_VALUE;
    long start = System.nanoTime();
    while (minimum > 0 && System.nanoTime() - start < LONGEST_NANOS) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        step.run();
      }
      minimum = Math.min(minimum, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return minimum;
  }

  /** A recurrent layer over a table of ids, trained with Adagrad's formula. */
  private static Program trainingStep() {
    int vocabulary = 37;
    int hidden = 21;
    Graph graph = new Graph();
    Tensor ids = graph.input("ids", Type.I32, Shape.of(4, 3));
    Tensor table = graph.parameter("table", Shape.of(vocabulary, hidden));
    Tensor recurrent = graph.parameter("recurrent", Shape.of(hidden, hidden));
    Tensor output = graph.parameter("output", Shape.of(hidden, vocabulary));
    Graph.Scanned scanned =
        graph.scan(
            List.of(ids),
            List.of(graph.zeros(Shape.of(3, hidden))),
            (slices, carried) -> {
              Tensor in = slices.getFirst().matmul(table);
              Tensor state = in.plus(carried.getFirst().matmul(recurrent)).sigmoid().tanh();
              return new Graph.StepResult(List.of(state), List.of(state));
            });
    Tensor logits = scanned.outputs().getFirst().matmul(output);
    Tensor targets = graph.input("targets", Type.I32, Shape.of(4, 3));
    Tensor loss = graph.crossEntropy(logits, targets).mean();
    graph.output("loss", loss);
    List<Tensor> weights = List.of(table, recurrent, output);
    List<Tensor> gradients = Gradients.of(loss, weights);
    for (int i = 0; i < weights.size(); i++) {
      Tensor squares = graph.input("squares" + i, Type.F32, weights.get(i).shape());
      Tensor sum = squares.plus(gradients.get(i).square());
      graph.update(squares, sum);
      graph.update(
          weights.get(i), weights.get(i).minus(gradients.get(i).dividedBy(sum.plus(1e-8).sqrt())));
    }
    return Compiler.compile(graph, "train");
  }
}
