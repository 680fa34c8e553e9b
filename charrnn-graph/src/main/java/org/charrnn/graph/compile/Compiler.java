package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.program.Program;

/**
 * Compiles a recorded graph to a program.
 *
 * <p><b>Thread safety.</b> Stateless. While a graph is compiled, no thread may record on it; the
 * program is immutable.
 */
public final class Compiler {

  private Compiler() {}

  /**
   * Compiles all outputs and updates of {@code graph}, with its optimizations. The graph does not
   * change. Every leaf has a buffer, even if no result depends on it.
   *
   * @param graph the graph, not the body of a loop
   * @param name the name of the program, such as {@code train}
   * @return the program
   * @throws org.charrnn.graph.TensorTooLargeException if the states of all steps of a loop have too
   *     many elements
   */
  public static Program compile(Graph graph, String name) {
    List<Tensor> leaves = new ArrayList<>(graph.leaves().values());
    Block block = Liveness.prune(new Block(leaves, graph.nodes(), List.copyOf(graph.results())));
    Results results = new Results(graph.outputs(), graph.updates());
    for (Optimization optimization : Optimization.values()) {
      if (graph.optimizations().contains(optimization)) {
        block = Liveness.prune(pass(optimization).apply(block, results));
      }
    }
    return new Planner(name, block, results).plan();
  }

  private static Pass pass(Optimization optimization) {
    return switch (optimization) {
      case HOISTING -> (block, _) -> block; // done while the graph was recorded
      case ACCUMULATE_PRODUCTS -> Pass.everywhere(AccumulateProducts::apply);
      case FUSE_CROSS_ENTROPY -> (block, _) -> FuseCrossEntropy.apply(block);
      case FUSE_ELEMENTWISE -> Pass.everywhere(FuseElementwise::apply);
      case ROW_SPARSE_UPDATES -> RowSparseUpdates::apply;
    };
  }
}
