package org.charrnn.api.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.Optimizer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Program;

/**
 * A symbolic character language model: ids, optionally an embedding, layers of a cell, an output
 * layer, cross entropy: Mikolov et al., "Recurrent Neural Network Based Language Model",
 * Interspeech 2010.
 *
 * <p>It writes programs for training, evaluation and generation that use the same names for their
 * memory, so that they can share it:
 *
 * <ul>
 *   <li>parameters: {@code embedding} {@code [V, E]}, if E is not 0; {@code <cell>.<layer>.<name>},
 *       layers counted from 0; {@code output.weight} {@code [H, V]} or, if the output is tied to
 *       the embedding, {@code output.projection} {@code [H, E]} unless E is H; {@code output.bias}
 *       {@code [V]};
 *   <li>parameters of norms, see {@link Norm}: {@code norm.<layer>.gain}, {@code norm.output.gain},
 *       and {@code bias} likewise; layer 0 has none if there is no embedding;
 *   <li>optimizer states: {@code <parameter>.<state>}, of the shape of the parameter;
 *   <li>carried states: {@code state.<layer>.<name>} {@code [B, H]};
 *   <li>inputs and outputs: see {@link BufferNames}.
 * </ul>
 *
 * <p>V is the size of the vocabulary, E that of the embedding, H the hidden size, B the batch size,
 * T the length of a window. All methods that write a program throw a {@link
 * org.charrnn.graph.TensorTooLargeException} if one of its tensors has too many elements, and a
 * {@link org.charrnn.api.discovery.PluginException} if a cell or an optimizer that was found by its
 * name breaks its contract.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Network {

  private static final double TIED_DEVIATION = 0.1;

  private final Architecture architecture;
  private final Cell cell;
  private final Map<String, ParameterSpec> parameters = new LinkedHashMap<>();

  /**
   * A network of the given sizes with layers of the given cell.
   *
   * @param architecture the sizes of the network
   * @param cell the cell of each layer
   * @throws IllegalArgumentException if the cell declares a parameter twice, or a parameter has too
   *     many elements
   */
  public Network(Architecture architecture, Cell cell) {
    this.architecture = architecture;
    this.cell = cell;
    int inputSize = architecture.vocabularySize();
    int hidden = architecture.hiddenSize();
    if (architecture.embeddingSize() > 0) {
      parameters.put(
          "embedding",
          ParameterSpec.weight(
              "embedding", inputSize, architecture.embeddingSize(), embedding(architecture)));
      inputSize = architecture.embeddingSize();
    }
    for (int layer = 0; layer < architecture.layers(); layer++) {
      if (layer > 0 || architecture.embeddingSize() > 0) {
        addNorm(Integer.toString(layer), layer == 0 ? inputSize : hidden);
      }
      for (ParameterSpec spec : cell.parameters(layer == 0 ? inputSize : hidden, hidden)) {
        if (parameters.put(parameterName(layer, spec), spec) != null) {
          throw new IllegalArgumentException(
              "cell '" + cell.name() + "' declares parameter '" + spec.name() + "' twice");
        }
      }
    }
    addNorm("output", hidden);
    if (architecture.projects()) {
      parameters.put(
          "output.projection", output("projection", hidden, architecture.embeddingSize()));
    } else if (!architecture.tied()) {
      parameters.put("output.weight", output("weight", hidden, architecture.vocabularySize()));
    }
    parameters.put("output.bias", ParameterSpec.bias("bias", architecture.vocabularySize()));
  }

  private void addNorm(String place, int columns) {
    for (ParameterSpec spec : architecture.norm().parameters(columns)) {
      parameters.put("norm." + place + "." + spec.name(), spec);
    }
  }

  private static ParameterSpec output(String name, int hidden, int columns) {
    return ParameterSpec.weight(name, hidden, columns, Initializer.uniform(1 / Math.sqrt(hidden)));
  }

  /**
   * A standard deviation of 1, as in PyTorch; smaller ones learn more slowly. An embedding that is
   * also the weight of the output learns best between that and the 1/sqrt(columns) of other
   * weights, as measured on texts with vocabularies of 65 and 4,563 characters.
   */
  private static Initializer embedding(Architecture architecture) {
    return Initializer.normal(architecture.tied() ? TIED_DEVIATION : 1);
  }

  /** {@return the parameters by name, in a fixed order; unmodifiable} */
  public Map<String, ParameterSpec> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** {@return the names of the carried states, in a fixed order; each has shape {@code [B, H]}} */
  public List<String> carriedStates() {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (String state : cell.states()) {
        names.add(stateName(layer, state));
      }
    }
    return names;
  }

  /** {@return H, the number of columns of a carried state} */
  public int hiddenSize() {
    return architecture.hiddenSize();
  }

  /**
   * {@return the names of the recurrent weights of the cell: those whose shape does not depend on
   * the size of the input, since they multiply the state; empty if its products do not read the
   * state}
   */
  public List<String> recurrentWeights() {
    int hidden = architecture.hiddenSize();
    Map<String, Shape> wider = new LinkedHashMap<>();
    cell.parameters(hidden + 1, hidden).forEach(spec -> wider.put(spec.name(), spec.shape()));
    return cell.parameters(hidden, hidden).stream()
        .filter(spec -> spec.kind() == ParameterSpec.Kind.WEIGHT)
        .filter(spec -> Objects.equals(spec.shape(), wider.get(spec.name())))
        .map(ParameterSpec::name)
        .toList();
  }

  /**
   * {@return the shapes of the states of {@code optimizer} by name, in a fixed order}
   *
   * @param optimizer the optimizer
   */
  public Map<String, Shape> optimizerStates(Optimizer optimizer) {
    Map<String, Shape> states = new LinkedHashMap<>();
    parameters.forEach((name, spec) ->
        optimizer.states().forEach(state -> states.put(name + "." + state, spec.shape())));
    return states;
  }

  /**
   * {@return the program of one step of training: forward, backward, clipping, update} It reads
   * {@code ids}, {@code targets}, {@code learningRate}, {@code step} and, depending on the options,
   * {@code stateMask} and {@code dropoutSeed}. It outputs {@code loss}, the mean in nats per
   * character, and, if gradients are clipped by their norm, {@code gradientNorm}, the norm before
   * that. It updates the parameters, the states of the optimizer and, if they are carried, the
   * states of the network.
   *
   * @param step the options of the step
   * @param optimizer the optimizer
   * @throws IllegalArgumentException if recurrent weights are to be dropped, but the cell has none;
   *     or if the hyperparameters of the step are not those of the optimizer
   */
  public Program train(StepSpec step, Optimizer optimizer) {
    Graph graph = new Graph();
    recordTraining(graph, step, optimizer);
    return Compiler.compile(graph, "train");
  }

  /**
   * Records the graph that {@link #train} compiles, for callers that choose the optimizations.
   *
   * @param graph an empty graph
   * @param step the options of the step
   * @param optimizer the optimizer
   * @throws IllegalArgumentException if the graph has leaves or outputs of the same names; if
   *     recurrent weights are to be dropped, but the cell has none; or if the hyperparameters of
   *     the step are not those of the optimizer
   */
  public void recordTraining(Graph graph, StepSpec step, Optimizer optimizer) {
    recordUpdate(graph, step, optimizer);
  }

  /**
   * {@return the program of {@link #train} that also outputs {@code losses}: the loss of each
   * target in nats, before the update}
   *
   * @param step the options of the step
   * @param optimizer the optimizer
   * @throws IllegalArgumentException if recurrent weights are to be dropped, but the cell has none;
   *     or if the hyperparameters of the step are not those of the optimizer
   */
  public Program adapt(StepSpec step, Optimizer optimizer) {
    Graph graph = new Graph();
    graph.output(BufferNames.LOSSES, recordUpdate(graph, step, optimizer));
    return Compiler.compile(graph, "adapt");
  }

  private Tensor recordUpdate(Graph graph, StepSpec step, Optimizer optimizer) {
    Updating updating = new Updating(graph, declareParameters(graph));
    Differentiated pass = recordGradients(graph, step, updating.weights());
    updating.update(updating.clipped(pass.gradients(), step), step, optimizer);
    return pass.losses();
  }

  /** The losses {@code [T, B]}, and the gradients of their mean or sum. */
  private record Differentiated(Tensor losses, List<Tensor> gradients) {}

  /** Records the forward and the backward pass, and outputs the mean loss. */
  private Differentiated recordGradients(Graph graph, StepSpec step, List<Tensor> weights) {
    requireRecurrentWeights(step);
    Tensor losses = new ForwardPass(this, graph, step).losses();
    Tensor total = losses.sum();
    Tensor mean = losses.mean();
    List<Tensor> gradients = Gradients.of(step.meanLoss() ? mean : total, weights);
    graph.output(BufferNames.LOSS, mean);
    return new Differentiated(losses, gradients);
  }

  /**
   * {@return the program of one window of a step of several windows: forward, backward; the
   * gradients, not clipped, are added to {@code <parameter>.accumulated}} It reads {@code ids},
   * {@code targets} and, depending on the options, {@code stateMask} and {@code dropoutSeed}. It
   * outputs {@code loss}, the mean in nats per character. {@link #applyAccumulated} ends the step.
   *
   * @param step the options of the step
   * @throws IllegalArgumentException if recurrent weights are to be dropped, but the cell has none
   */
  public Program accumulate(StepSpec step) {
    Graph graph = new Graph();
    Updating updating = new Updating(graph, declareParameters(graph));
    updating.accumulate(
        recordGradients(graph, step, updating.weights()).gradients(), step.gradientSum());
    return Compiler.compile(graph, "accumulate");
  }

  /**
   * {@return the program that ends a step of several windows: the mean of their gradients is
   * clipped, the parameters are updated, and {@code <parameter>.accumulated} is reset to zero} It
   * reads {@code windowCount}, {@code learningRate} and {@code step}, and outputs {@code
   * gradientNorm} as {@link #train} does.
   *
   * @param step the options of the step
   * @param optimizer the optimizer
   * @throws IllegalArgumentException if the hyperparameters of the step are not those of the
   *     optimizer
   */
  public Program applyAccumulated(StepSpec step, Optimizer optimizer) {
    Graph graph = new Graph();
    Updating updating = new Updating(graph, declareParameters(graph));
    updating.update(updating.clipped(updating.takeAccumulated(), step), step, optimizer);
    return Compiler.compile(graph, "update");
  }

  /**
   * {@return the names of the accumulated gradients, in the order of the parameters, whose shapes
   * they have} All are zero between steps.
   */
  public List<String> accumulators() {
    return parameters.keySet().stream().map(name -> name + Updating.ACCUMULATED).toList();
  }

  /**
   * {@return the program that outputs {@code losses}, the loss of each target in nats} It reads
   * {@code ids}, {@code targets} and, with resets, {@code stateMask}, and carries the state.
   *
   * @param windowLength T, the number of time steps, at least 1
   * @param batchSize B, the number of texts, at least 1
   * @param resets whether the state is reset within a window, where a document begins
   * @throws IllegalArgumentException if a number is below 1
   */
  public Program evaluate(int windowLength, int batchSize, StateResets resets) {
    Graph graph = new Graph();
    declareParameters(graph);
    graph.output(BufferNames.LOSSES, forwardPass(graph, windowLength, batchSize, resets).losses());
    return Compiler.compile(graph, "evaluate");
  }

  /**
   * {@return the program that outputs {@code hidden}, the output of the last layer after each id}
   * It reads {@code ids} and, with resets, {@code stateMask}, and carries the state.
   *
   * @param windowLength T, the number of time steps, at least 1
   * @param batchSize B, the number of texts, at least 1
   * @param resets whether the state is reset within a window, where a document begins
   * @throws IllegalArgumentException if a number is below 1
   */
  public Program embed(int windowLength, int batchSize, StateResets resets) {
    Graph graph = new Graph();
    declareParameters(graph);
    graph.output(BufferNames.HIDDEN, forwardPass(graph, windowLength, batchSize, resets).hidden());
    return Compiler.compile(graph, "embed");
  }

  /**
   * {@return the program that reads one id for each of {@code batchSize} texts and outputs {@code
   * logits}} It reads {@code ids} {@code [1, B]} and, with resets, {@code stateMask}, and carries
   * the state.
   *
   * @param batchSize B, the number of texts, at least 1
   * @param resets whether the state is reset before an id is read, where a document begins
   * @throws IllegalArgumentException if {@code batchSize} is below 1
   */
  public Program generate(int batchSize, StateResets resets) {
    Graph graph = new Graph();
    declareParameters(graph);
    graph.output(BufferNames.LOGITS, forwardPass(graph, 1, batchSize, resets).logits());
    return Compiler.compile(graph, "generate");
  }

  /**
   * {@return the program that reads {@code windowLength} ids for each of {@code batchSize} texts
   * and outputs nothing: it only carries the state} It reads {@code ids} and, with resets, {@code
   * stateMask}.
   *
   * @param windowLength T, the number of time steps, at least 1
   * @param batchSize B, the number of texts, at least 1
   * @param resets whether the state is reset within a window, where a document begins
   * @throws IllegalArgumentException if a number is below 1
   */
  public Program read(int windowLength, int batchSize, StateResets resets) {
    Graph graph = new Graph();
    declareParameters(graph);
    forwardPass(graph, windowLength, batchSize, resets);
    return Compiler.compile(graph, "read");
  }

  private List<Tensor> declareParameters(Graph graph) {
    List<Tensor> tensors = new ArrayList<>();
    parameters.forEach((name, spec) -> tensors.add(graph.parameter(name, spec.shape())));
    return tensors;
  }

  /** A pass that carries the state and drops nothing. */
  private ForwardPass forwardPass(
      Graph graph, int windowLength, int batchSize, StateResets resets) {
    return new ForwardPass(
        this,
        graph,
        StepSpec.builder(windowLength, batchSize).carryState(true).resets(resets).build());
  }

  private void requireRecurrentWeights(StepSpec step) {
    if (step.recurrentDropout() > 0 && recurrentWeights().isEmpty()) {
      throw new IllegalArgumentException(
          "recurrentDropout must be 0: cell '" + cell.name() + "' has no recurrent weights");
    }
  }

  Architecture architecture() {
    return architecture;
  }

  Cell cell() {
    return cell;
  }

  /** The name of a parameter of the cell of a layer. */
  String parameterName(int layer, ParameterSpec spec) {
    return cell.name() + "." + layer + "." + spec.name();
  }

  /** The name of a carried state of a layer. */
  static String stateName(int layer, String state) {
    return "state." + layer + "." + state;
  }
}
