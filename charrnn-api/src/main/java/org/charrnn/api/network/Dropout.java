package org.charrnn.api.network;

import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;

/**
 * Leaves out a share of what one layer hands to the next, and scales up the rest: Srivastava et
 * al., "Dropout", JMLR 15, 2014; between layers only, not along time: Zaremba, Sutskever, Vinyals,
 * "Recurrent Neural Network Regularization", 2014.
 *
 * <p>What is left out is a function of a seed that the caller sets before each step, so a step can
 * be repeated.
 */
interface Dropout {

  /** Leaves out nothing. */
  Dropout NONE = (x, _) -> x;

  /**
   * What is left of {@code x}; of ids, all.
   *
   * @param place tells apart the places of a network at which something is left out
   */
  Tensor apply(Tensor x, int place);

  /** Leaves out the given share; the seed is the input {@code dropoutSeed} of the graph. */
  static Dropout of(Graph graph, double share) {
    if (share == 0) {
      return NONE;
    }
    Tensor seed = graph.input(BufferNames.DROPOUT_SEED, Type.I32, Shape.SCALAR);
    return (x, place) -> {
      if (x.type() == Type.I32) {
        return x;
      }
      Tensor kept = graph.uniform(seed, place, x.shape()).greaterThan(graph.constant(share));
      return x.times(kept.times(1 / (1 - share)));
    };
  }
}
