package org.charrnn.interchange.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * The weights of a model under the names and in the layout of PyTorch: {@code encoder} (an {@code
 * nn.Embedding}), {@code rnn} (an {@code nn.GRU}, {@code nn.LSTM} or {@code nn.RNN}), {@code proj}
 * (an {@code nn.Linear} without bias) and {@code decoder} (an {@code nn.Linear}).
 *
 * <p>PyTorch multiplies by transposed weights and stacks gates by rows. Its LSTM and RNN have two
 * biases where charrnn has one: the second one is zero here, and is added to the first one on the
 * way back.
 *
 * @param cell the cell
 * @param layers the number of layers
 */
public record TorchLayout(FusedCell cell, int layers) {

  /** The embedding. */
  public static final String ENCODER = "encoder.weight";

  /** The projection of the state to the size of the embedding. */
  public static final String PROJECTION = "proj.weight";

  /** The weight of the output layer; missing where it is the embedding. */
  public static final String DECODER = "decoder.weight";

  /** The bias of the output layer. */
  public static final String DECODER_BIAS = "decoder.bias";

  /** Weights of charrnn, as PyTorch has them. */
  public Map<String, HostTensor> toTorch(Map<String, HostTensor> parameters) {
    Map<String, HostTensor> torch = new LinkedHashMap<>();
    if (parameters.containsKey("embedding")) {
      torch.put(ENCODER, get(parameters, "embedding"));
    }
    for (int layer = 0; layer < layers; layer++) {
      String prefix = cell.cellName() + "." + layer + ".";
      torch.put(name("weight_ih", layer), stacked(parameters, prefix, Gate::inputWeight));
      torch.put(name("weight_hh", layer), stacked(parameters, prefix, Gate::recurrentWeight));
      HostTensor bias = concatenated(parameters, prefix, Gate::inputBias);
      torch.put(name("bias_ih", layer), bias);
      if (cell.hasRecurrentBias()) {
        torch.put(name("bias_hh", layer), concatenated(parameters, prefix, Gate::recurrentBias));
      } else if (cell.torchLayer().isPresent()) {
        torch.put(
            name("bias_hh", layer),
            new HostTensor(bias.shape(), new float[bias.shape().elements()]));
      }
    }
    if (parameters.containsKey("output.projection")) {
      torch.put(PROJECTION, Matrices.transpose(get(parameters, "output.projection")));
    }
    if (parameters.containsKey("output.weight")) {
      torch.put(DECODER, Matrices.transpose(get(parameters, "output.weight")));
    }
    torch.put(DECODER_BIAS, get(parameters, "output.bias"));
    return torch;
  }

  private HostTensor stacked(
      Map<String, HostTensor> parameters, String prefix, Function<Gate, String> which) {
    return Matrices.stack(
        cell.torchGates().stream()
            .map(gate -> Matrices.transpose(get(parameters, prefix + which.apply(gate))))
            .toList());
  }

  private HostTensor concatenated(
      Map<String, HostTensor> parameters, String prefix, Function<Gate, String> which) {
    return Matrices.concatenate(
        cell.torchGates().stream()
            .map(gate -> get(parameters, prefix + which.apply(gate)))
            .toList());
  }

  /** Weights of PyTorch under the names above, as charrnn has them. Missing biases are zero. */
  public Map<String, HostTensor> fromTorch(Map<String, HostTensor> torch) {
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    if (torch.containsKey(ENCODER)) {
      parameters.put("embedding", get(torch, ENCODER));
    }
    for (int layer = 0; layer < layers; layer++) {
      parameters.putAll(layer(torch, layer));
    }
    if (torch.containsKey(PROJECTION)) {
      parameters.put("output.projection", Matrices.transpose(get(torch, PROJECTION)));
    }
    if (torch.containsKey(DECODER)) {
      parameters.put("output.weight", Matrices.transpose(get(torch, DECODER)));
    }
    parameters.put("output.bias", get(torch, DECODER_BIAS));
    return parameters;
  }

  private Map<String, HostTensor> layer(Map<String, HostTensor> torch, int layer) {
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    String prefix = cell.cellName() + "." + layer + ".";
    HostTensor inputs = get(torch, name("weight_ih", layer));
    HostTensor recurrent = get(torch, name("weight_hh", layer));
    HostTensor zeros =
        new HostTensor(Shape.of(inputs.shape().rows()), new float[inputs.shape().rows()]);
    HostTensor first = torch.getOrDefault(name("bias_ih", layer), zeros);
    HostTensor second = torch.getOrDefault(name("bias_hh", layer), zeros);
    List<Gate> gates = cell.torchGates();
    for (int i = 0; i < gates.size(); i++) {
      Gate gate = gates.get(i);
      int count = gates.size();
      parameters.put(
          prefix + gate.inputWeight(), Matrices.transpose(Matrices.block(inputs, i, count)));
      parameters.put(
          prefix + gate.recurrentWeight(), Matrices.transpose(Matrices.block(recurrent, i, count)));
      if (cell.hasRecurrentBias()) {
        parameters.put(prefix + gate.inputBias(), Matrices.piece(first, i, count));
        parameters.put(prefix + gate.recurrentBias(), Matrices.piece(second, i, count));
      } else {
        parameters.put(
            prefix + gate.inputBias(), Matrices.piece(Matrices.sum(first, second), i, count));
      }
    }
    return parameters;
  }

  /** The name of a tensor of a layer. */
  public static String name(String kind, int layer) {
    return "rnn." + kind + "_l" + layer;
  }

  /** The tensors that the cell has in PyTorch, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      names.add(name("weight_ih", layer));
      names.add(name("weight_hh", layer));
      names.add(name("bias_ih", layer));
      if (cell.torchLayer().isPresent()) {
        names.add(name("bias_hh", layer));
      }
    }
    return names;
  }

  private static HostTensor get(Map<String, HostTensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), () -> "there is no tensor '" + name + "'");
  }
}
