package org.charrnn.api.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;

/**
 * Records the clipping of gradients, their accumulation over windows, and the update of parameters.
 *
 * @param graph the graph on which they are recorded
 * @param weights the parameters
 */
record Updating(Graph graph, List<Tensor> weights) {

  static final String ACCUMULATED = ".accumulated";

  /**
   * Clips each element, then all gradients together.
   *
   * <p>Source of clipping by norm: Pascanu, Mikolov, Bengio, "On the difficulty of training
   * recurrent neural networks", ICML 2013.
   */
  List<Tensor> clipped(List<Tensor> gradients, StepSpec step) {
    List<Tensor> result = gradients;
    if (step.clipsValues()) {
      result =
          result.stream()
              .map(gradient -> gradient.maximum(-step.clipValue()).minimum(step.clipValue()))
              .toList();
    }
    return step.clipsNorm() ? clippedByNorm(result, step.clipNorm()) : result;
  }

  private List<Tensor> clippedByNorm(List<Tensor> gradients, double limit) {
    Tensor norm =
        gradients.stream()
            .map(gradient -> gradient.square().sum())
            .reduce(Tensor::plus)
            .orElseThrow()
            .sqrt();
    graph.output(BufferNames.GRADIENT_NORM, norm);
    Tensor scale = graph.constant(limit).dividedBy(norm.maximum(limit));
    return gradients.stream().map(gradient -> gradient.times(scale)).toList();
  }

  /** Adds gradients to the accumulated sums. */
  void accumulate(List<Tensor> gradients, GradientSum kind) {
    for (int i = 0; i < weights.size(); i++) {
      Tensor sum = accumulated(weights.get(i));
      Tensor gradient = gradients.get(i);
      Tensor next =
          switch (kind) {
            // As a difference, which no product is combined with.
            case COMPLETE -> sum.minus(gradient.negate());
            case RUNNING -> sum.plus(gradient);
          };
      graph.update(sum, next);
    }
  }

  /** The means of the accumulated gradients; resets the sums to zero. */
  List<Tensor> takeAccumulated() {
    Tensor windows = graph.input(BufferNames.WINDOW_COUNT, Type.F32, Shape.SCALAR);
    List<Tensor> means = new ArrayList<>();
    for (Tensor weight : weights) {
      Tensor sum = accumulated(weight);
      means.add(sum.dividedBy(windows));
      graph.update(sum, graph.zeros(weight.shape()));
    }
    return means;
  }

  private Tensor accumulated(Tensor weight) {
    return graph.leaf(Role.OPTIMIZER_STATE, Type.F32, weight.name() + ACCUMULATED, weight.shape());
  }

  /** Records the new values of parameters and optimizer states. */
  void update(List<Tensor> gradients, StepSpec step, Optimizer optimizer) {
    Optimizer.UpdateContext shared =
        new Optimizer.UpdateContext(
            graph.input(BufferNames.LEARNING_RATE, Type.F32, Shape.SCALAR),
            graph.input(BufferNames.STEP, Type.F32, Shape.SCALAR),
            step.optimizer());
    for (int i = 0; i < weights.size(); i++) {
      update(weights.get(i), gradients.get(i), optimizer, shared);
    }
  }

  private void update(
      Tensor weight, Tensor gradient, Optimizer optimizer, Optimizer.UpdateContext context) {
    List<Tensor> states = new ArrayList<>();
    for (String state : optimizer.states()) {
      states.add(
          graph.leaf(Role.OPTIMIZER_STATE, Type.F32, weight.name() + "." + state, weight.shape()));
    }
    Optimizer.Update update = optimizer.update(weight, gradient, states, context);
    if (update.state().size() != states.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "optimizer '%s' declares the states %s but its update of %s returns %d",
              optimizer.name(),
              optimizer.states(),
              weight,
              update.state().size()));
    }
    graph.update(weight, update.parameter());
    for (int i = 0; i < states.size(); i++) {
      graph.update(states.get(i), update.state().get(i));
    }
  }
}
