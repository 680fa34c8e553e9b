package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.program.Program;

/** Turns a recorded graph into a program. */
public final class Compiler {

  /**
   * The passes, in the order in which they run. Each can be left out; programs then cost more and
   * compute the same.
   */
  public enum Optimisation {
    /** A sum of a product and something else becomes a product that begins with it. */
    ACCUMULATE_PRODUCTS,
    /** A cross entropy and its gradient are computed together. */
    FUSE_CROSS_ENTROPY,
    /** Chains of element-wise nodes become one expression. */
    FUSE_ELEMENTWISE,
    /** Only the rows of a table that occur in the window are updated, where that is the same. */
    ROW_SPARSE_UPDATES
  }

  private Compiler() {}

  /**
   * The program of all outputs and updates of {@code graph}, with every optimisation.
   *
   * @param name what the program is for
   */
  public static Program compile(Graph graph, String name) {
    return compile(graph, name, EnumSet.allOf(Optimisation.class));
  }

  /** The program of all outputs and updates of {@code graph}, with the given optimisations. */
  public static Program compile(Graph graph, String name, Set<Optimisation> optimisations) {
    List<Tensor> leaves = new ArrayList<>(graph.leaves().values());
    Block block = Liveness.prune(new Block(leaves, graph.nodes(), List.copyOf(graph.results())));
    Results results = new Results(graph.outputs(), graph.updates());
    for (Optimisation optimisation : Optimisation.values()) {
      if (optimisations.contains(optimisation)) {
        block = Liveness.prune(pass(optimisation).apply(block, results));
      }
    }
    return new Planner(name, block, results).plan();
  }

  private static Pass pass(Optimisation optimisation) {
    return switch (optimisation) {
      case ACCUMULATE_PRODUCTS -> Pass.everywhere(AccumulateProducts::apply);
      case FUSE_CROSS_ENTROPY -> (block, _) -> FuseCrossEntropy.apply(block);
      case FUSE_ELEMENTWISE -> Pass.everywhere(FuseElementwise::apply);
      case ROW_SPARSE_UPDATES -> RowSparseUpdates::apply;
    };
  }
}
