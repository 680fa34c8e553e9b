package org.charrnn.testkit.graph;

import java.util.List;
import org.charrnn.api.SeededRandom;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.gradient.Gradients;

/** Records outputs, gradients, clipping and updates of all kinds on a random graph. */
final class RandomTraining {

  private final SeededRandom random;
  private final Graph graph;
  private final List<Tensor> parameters;
  private final List<Tensor> states;
  private final Tensor loss;

  RandomTraining(
      SeededRandom random, Graph graph, List<Tensor> parameters, List<Tensor> states, Tensor loss) {
    this.random = random;
    this.graph = graph;
    this.parameters = parameters;
    this.states = states;
    this.loss = loss;
  }

  void record(boolean gradients) {
    graph.output("loss", loss);
    for (Tensor state : states) {
      switch (random.nextInt(3)) {
        case 0 -> graph.update(state, state.plus(loss).tanh());
        case 1 -> graph.update(state, state.matmul(parameters.get(0)));
        default -> graph.output("next " + state.name(), state.times(2));
      }
    }
    List<Tensor> derived = gradients ? Gradients.of(loss, parameters) : List.of();
    Tensor norm = graph.constant(1);
    for (Tensor gradient : derived) {
      norm = norm.plus(gradient.square().sum());
    }
    boolean clip = random.nextBoolean();
    for (int i = 0; i < derived.size(); i++) {
      Tensor gradient = clip ? derived.get(i).dividedBy(norm.sqrt()) : derived.get(i);
      String name = parameters.get(i).name();
      if (random.nextInt(3) == 0) {
        graph.output("gradient " + name, gradient);
      }
      update(parameters.get(i), random.nextInt(4) == 0 ? scaled(gradient, name) : gradient);
      if (random.nextInt(4) == 0) { // reads the old value, although it is recorded late
        graph.output("late " + name, parameters.get(i).square().plus(gradient.sum()));
      }
    }
  }

  /** Scales each row, or each column. */
  private Tensor scaled(Tensor gradient, String name) {
    Shape shape = gradient.shape();
    boolean rows = shape.rank() == 2 && random.nextBoolean();
    Shape scales = rows ? Shape.of(shape.rows(), 1) : Shape.of(shape.columns());
    return shape.rank() == 0
        ? gradient
        : gradient.times(graph.input("scale of " + name, Type.F32, scales));
  }

  private void update(Tensor parameter, Tensor gradient) {
    Tensor memory =
        graph.leaf(Role.OPTIMIZER_STATE, Type.F32, parameter.name() + " memory", parameter.shape());
    switch (random.nextInt(4)) {
      case 0 -> graph.update(parameter, parameter.minus(gradient.times(0.1)));
      case 1 -> {
        Tensor squares = memory.plus(gradient.square());
        Tensor changed = parameter.minus(gradient.dividedBy(squares.square().plus(0.1).sqrt()));
        graph.update(memory, squares);
        graph.update(parameter, changed);
        if (random.nextInt(4) == 0) {
          graph.output("new " + parameter.name(), changed);
        }
      }
      case 2 -> {
        Tensor velocity = memory.times(0.5).plus(gradient);
        graph.update(parameter, parameter.minus(velocity));
        graph.update(memory, velocity);
      }
      default -> {
        graph.update(parameter, memory);
        graph.update(memory, parameter.plus(gradient));
      }
    }
  }
}
