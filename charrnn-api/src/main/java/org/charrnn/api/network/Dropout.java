package org.charrnn.api.network;

import java.util.Optional;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;

/**
 * Drops a fraction of the inputs of a layer and scales up the rest: Srivastava et al., "Dropout",
 * JMLR 15, 2014. It applies between layers, not along time. Along time it drops elements of the
 * recurrent weights, the same in each step of a window: Merity, Keskar, Socher, "Regularizing and
 * Optimizing LSTM Language Models", ICLR 2018.
 *
 * <p>The dropped elements are a function of a seed that the caller sets before each window, so a
 * step can be repeated.
 */
final class Dropout {

  /** Drops nothing. */
  private static final Dropout NONE = new Dropout(Optional.empty(), 0, DropoutKind.INDEPENDENT, 0);

  /** The salt of the first weight; those of inputs are the numbers of layers. */
  private static final int FIRST_WEIGHT = 1 << 16;

  private final Optional<Tensor> seed;
  private final double fraction;
  private final DropoutKind kind;
  private final double ofWeights;

  private Dropout(Optional<Tensor> seed, double fraction, DropoutKind kind, double ofWeights) {
    this.seed = seed;
    this.fraction = fraction;
    this.kind = kind;
    this.ofWeights = ofWeights;
  }

  /** The dropout of a step; the seed is the input {@link BufferNames#DROPOUT_SEED}. */
  static Dropout of(Graph graph, StepSpec step) {
    return step.drops()
        ? new Dropout(
            Optional.of(graph.input(BufferNames.DROPOUT_SEED, Type.I32, Shape.SCALAR)),
            step.dropout(),
            step.dropoutKind(),
            step.recurrentDropout())
        : NONE;
  }

  /**
   * Drops elements of {@code x [T, B, columns]}; ids are returned unchanged.
   *
   * @param place identifies the layer whose input is {@code x}
   */
  Tensor inputs(Tensor x, int place) {
    if (x.type() == Type.I32) {
      return x;
    }
    return switch (kind) {
      case INDEPENDENT -> apply(x, fraction, place, x.shape());
      case LOCKED -> apply(x, fraction, place, Shape.of(1, x.shape().size(1), x.shape().columns()));
    };
  }

  /**
   * Drops elements of a recurrent weight.
   *
   * @param index the index of the weight among all parameters
   */
  Tensor weight(Tensor weight, int index) {
    return apply(weight, ofWeights, FIRST_WEIGHT + index, weight.shape());
  }

  private Tensor apply(Tensor x, double share, int salt, Shape mask) {
    if (seed.isEmpty() || share == 0) {
      return x;
    }
    Graph graph = x.graph();
    Tensor kept = graph.uniform(seed.get(), salt, mask).greaterThan(graph.constant(share));
    return x.times(kept.times(1 / (1 - share)));
  }
}
