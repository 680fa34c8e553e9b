package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.program.Program;

/** Turns a recorded graph into a program. */
public final class Compiler {

  private Compiler() {}

  /**
   * The program of all outputs and updates of {@code graph}, with every optimization.
   *
   * @param name what the program is for
   */
  public static Program compile(Graph graph, String name) {
    return compile(graph, name, EnumSet.allOf(Optimization.class));
  }

  /** The program of all outputs and updates of {@code graph}, with the given optimizations. */
  public static Program compile(Graph graph, String name, Set<Optimization> optimizations) {
    List<Tensor> leaves = new ArrayList<>(graph.leaves().values());
    Block block = Liveness.prune(new Block(leaves, graph.nodes(), List.copyOf(graph.results())));
    Results results = new Results(graph.outputs(), graph.updates());
    for (Optimization optimization : Optimization.values()) {
      if (optimizations.contains(optimization)) {
        block = Liveness.prune(pass(optimization).apply(block, results));
      }
    }
    return new Planner(name, block, results).plan();
  }

  private static Pass pass(Optimization optimization) {
    return switch (optimization) {
      case ACCUMULATE_PRODUCTS -> Pass.everywhere(AccumulateProducts::apply);
      case FUSE_CROSS_ENTROPY -> (block, _) -> FuseCrossEntropy.apply(block);
      case FUSE_ELEMENTWISE -> Pass.everywhere(FuseElementwise::apply);
      case ROW_SPARSE_UPDATES -> RowSparseUpdates::apply;
    };
  }
}
