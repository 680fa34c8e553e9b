package org.charrnn.api.network;

import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;

/**
 * Drops a fraction of the inputs of a layer and scales up the rest: Srivastava et al., "Dropout",
 * JMLR 15, 2014. It applies between layers, not along time: Zaremba, Sutskever, Vinyals, "Recurrent
 * Neural Network Regularization", 2014.
 *
 * <p>The dropped elements are a function of a seed that the caller sets before each window, so a
 * step can be repeated.
 */
interface Dropout {

  /** Drops nothing. */
  Dropout NONE = (x, _) -> x;

  /**
   * Drops elements of {@code x}; ids are returned unchanged.
   *
   * @param place identifies the layer whose input is {@code x}
   */
  Tensor apply(Tensor x, int place);

  /** Drops the given fraction; the seed is the input {@link BufferNames#DROPOUT_SEED}. */
  static Dropout of(Graph graph, double fraction) {
    if (fraction == 0) {
      return NONE;
    }
    Tensor seed = graph.input(BufferNames.DROPOUT_SEED, Type.I32, Shape.SCALAR);
    return (x, place) -> {
      if (x.type() == Type.I32) {
        return x;
      }
      Tensor kept = graph.uniform(seed, place, x.shape()).greaterThan(graph.constant(fraction));
      return x.times(kept.times(1 / (1 - fraction)));
    };
  }
}
