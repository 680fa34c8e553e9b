package org.charrnn.api.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;

/**
 * Records the forward pass of a network through a window: the ids, the layers, and, if they are
 * asked for, the scores of the next ids and their losses.
 */
final class ForwardPass {

  private final Network network;
  private final Architecture architecture;
  private final Graph graph;
  private final StepSpec step;
  private final Dropout dropout;
  private final Tensor ids;
  private final Optional<Tensor> mask;
  private final Tensor hidden;

  /**
   * Records the inputs and the layers.
   *
   * @param graph has the parameters of the network as leaves
   * @param step the window, and what is dropped
   */
  ForwardPass(Network network, Graph graph, StepSpec step) {
    this.network = network;
    this.architecture = network.architecture();
    this.graph = graph;
    this.step = step;
    this.dropout = Dropout.of(graph, step);
    this.ids =
        graph.input(BufferNames.IDS, Type.I32, Shape.of(step.windowLength(), step.batchSize()));
    this.mask =
        step.resets() == StateResets.MASKED
            ? Optional.of(graph.input(BufferNames.STATE_MASK, Type.F32, ids.shape().append(1)))
            : Optional.empty();
    this.hidden = layers();
  }

  /** The outputs of the last layer, {@code [T, B, H]}. */
  Tensor hidden() {
    return hidden;
  }

  /** Records the scores of the id that follows each, {@code [T, B, V]}. */
  Tensor logits() {
    Tensor x = dropout.inputs(normalized(hidden, "output"), architecture.layers());
    return scores(x).plus(leaf("output.bias"));
  }

  /** Records the loss of each target in nats, {@code [T, B]}. */
  Tensor losses() {
    Tensor logits = logits();
    return graph.crossEntropy(logits, graph.input(BufferNames.TARGETS, Type.I32, ids.shape()));
  }

  private Tensor layers() {
    Tensor x = architecture.embeddingSize() > 0 ? ids.matmul(leaf("embedding")) : ids;
    for (int layer = 0; layer < architecture.layers(); layer++) {
      Tensor input = dropout.inputs(normalized(x, Integer.toString(layer)), layer);
      Tensor output = layer(layer, input);
      x = isResidual(x) ? x.plus(output) : output;
    }
    return x;
  }

  private boolean isResidual(Tensor input) {
    return architecture.residual()
        && input.type() == Type.F32
        && input.shape().columns() == architecture.hiddenSize();
  }

  private Tensor normalized(Tensor x, String place) {
    if (x.type() == Type.I32) {
      return x;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : architecture.norm().parameters(x.shape().columns())) {
      tensors.put(spec.name(), leaf("norm." + place + "." + spec.name()));
    }
    return architecture.norm().apply(x, tensors);
  }

  private Tensor scores(Tensor x) {
    if (!architecture.tied()) {
      return x.matmul(leaf("output.weight"));
    }
    Tensor row = architecture.projects() ? x.matmul(leaf("output.projection")) : x;
    return row.matmulTransposed(leaf("embedding"));
  }

  /** The outputs of one layer over time, {@code [T, B, H]}. */
  private Tensor layer(int layer, Tensor x) {
    Shape stateShape = Shape.of(step.batchSize(), architecture.hiddenSize());
    List<Tensor> initial = new ArrayList<>();
    for (String state : network.cell().states()) {
      initial.add(
          step.carryState()
              ? graph.leaf(
                  Role.CARRIED_STATE, Type.F32, Network.stateName(layer, state), stateShape)
              : graph.zeros(stateShape));
    }
    Weights weights = weights(layer, x);
    Graph.Scanned scanned =
        graph.scan(
            mask.isEmpty() ? List.of(x) : List.of(x, mask.get()),
            initial,
            (slices, carried) -> {
              List<Tensor> before = mask.isEmpty() ? carried : reset(carried, slices.get(1));
              List<Tensor> next = network.cell().step(slices.getFirst(), before, weights);
              return new Graph.StepResult(next, List.of(next.getFirst()));
            });
    if (step.carryState()) {
      for (int i = 0; i < initial.size(); i++) {
        graph.update(initial.get(i), scanned.last().get(i));
      }
    }
    return scanned.outputs().getFirst();
  }

  /** The states {@code [B, H]}, zero in the rows where {@code mask} {@code [B, 1]} is 0. */
  private static List<Tensor> reset(List<Tensor> states, Tensor mask) {
    return states.stream().map(state -> state.times(mask)).toList();
  }

  private Weights weights(int layer, Tensor x) {
    int inputSize = x.type() == Type.I32 ? architecture.vocabularySize() : x.shape().columns();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> names = List.copyOf(network.parameters().keySet());
    List<String> recurrent = network.recurrentWeights();
    for (ParameterSpec spec : network.cell().parameters(inputSize, architecture.hiddenSize())) {
      Tensor weight = leaf(network.parameterName(layer, spec));
      int index = names.indexOf(network.parameterName(layer, spec));
      tensors.put(
          spec.name(), recurrent.contains(spec.name()) ? dropout.weight(weight, index) : weight);
    }
    return new Weights(tensors);
  }

  private Tensor leaf(String name) {
    return Objects.requireNonNull(graph.leaves().get(name));
  }
}
