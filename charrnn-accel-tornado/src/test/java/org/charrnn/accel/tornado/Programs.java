package org.charrnn.accel.tornado;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.TrainingStep;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.model.gru.GruCell;
import org.charrnn.optim.adagrad.Adagrad;

/** Programs, and what they are lowered to. */
final class Programs {

  private Programs() {}

  /** Trains a GRU of one layer on a vocabulary of 50. */
  static Program training(int steps, int hidden, int batch) {
    Optimizer optimizer = new Adagrad();
    Hyperparameters defaults =
        Hyperparameters.resolve("adagrad", optimizer.hyperparameters(), Map.of());
    return new Network(new Architecture(50, 0, hidden, 1), new GruCell())
        .train(new TrainingStep(steps, batch, true, true, 1, defaults), optimizer);
  }

  /** Adds up the rows of a sequence, one in each step. */
  static Program adding(int steps) {
    Graph graph = new Graph();
    Graph.Scanned sums =
        graph.scan(
            List.of(graph.input("rows", Type.F32, Shape.of(steps, 3))),
            List.of(graph.input("sum", Type.F32, Shape.of(3))),
            (slices, carried) ->
                new Graph.Step(List.of(carried.getFirst().plus(slices.getFirst())), List.of()));
    graph.output("total", sums.last().getFirst());
    return Compiler.compile(graph, "adding");
  }

  static List<Part> lower(Program program, boolean gpu) {
    Map<Buffer, Integer> externals = new HashMap<>();
    int base = Placement.RESERVED;
    for (Buffer buffer : program.externals()) {
      externals.put(buffer, base);
      base += buffer.shape().elements();
    }
    return Lowering.lower(program, Placement.of(program, externals, base, base), gpu);
  }

  static List<Launch> launches(Program program, boolean gpu) {
    return lower(program, gpu).stream().flatMap(part -> part.launches().stream()).toList();
  }
}
