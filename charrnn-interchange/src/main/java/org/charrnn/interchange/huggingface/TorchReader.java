package org.charrnn.interchange.huggingface;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.layout.FusedCell;
import org.charrnn.interchange.layout.ImportedWeights;
import org.charrnn.interchange.layout.TorchLayout;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * Finds out which tensor of a PyTorch model is which: recurrent layers by the names that PyTorch
 * gives them, with any prefix; the embedding, the projection and the output layer by their shapes
 * and, where several fit, by their names.
 */
final class TorchReader {

  private static final Pattern RECURRENT =
      Pattern.compile("(.*?)((?:weight|bias)_(?:ih|hh|hr))_l(\\d{1,3})(_reverse)?");
  private static final Pattern ENCODER = Pattern.compile("(?i).*(enc|emb|wte).*");
  private static final Pattern DECODER =
      Pattern.compile("(?i).*(dec|out|head|fc|lin|proj|logit).*");

  private final String source;
  private final Map<String, HostTensor> tensors;
  private final Map<String, HostTensor> named = new LinkedHashMap<>();
  private final Set<String> unused;

  private TorchReader(String source, Map<String, HostTensor> tensors) {
    this.source = source;
    this.tensors = tensors;
    this.unused = new LinkedHashSet<>(tensors.keySet());
  }

  /**
   * Reads the weights of a model.
   *
   * @param source what the tensors were read from, for messages
   * @param tensors the tensors by their names in the file
   * @param names names of {@link TorchLayout} by names in the file, for what cannot be found out
   * @param cellName the cell, where the file says which; otherwise the number of gates decides
   */
  static ImportedWeights read(
      String source,
      Map<String, HostTensor> tensors,
      Map<String, String> names,
      Optional<String> cellName) {
    return new TorchReader(source, tensors).read(names, cellName);
  }

  private ImportedWeights read(Map<String, String> names, Optional<String> cellName) {
    names.forEach((from, to) -> {
      if (!tensors.containsKey(from)) {
        throw new InterchangeException(
            source,
            String.format(Locale.ROOT, "has no tensor '%s'; it has %s", from, tensors.keySet()));
      }
      take(from, to);
    });
    int layers = takeRecurrent();
    HostTensor inputs = required(TorchLayout.name("weight_ih", 0));
    HostTensor recurrent = required(TorchLayout.name("weight_hh", 0));
    int hidden = recurrent.shape().columns();
    FusedCell cell = cell(inputs.shape().rows(), hidden, cellName);
    requireLayers(layers, cell, hidden);
    takeHead(inputs.shape().columns(), hidden);
    if (!unused.isEmpty()) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "has tensors that no part of such a model has: %s. Give the names with --map, or"
                  + " remove them.",
              unused));
    }
    return new ImportedWeights(
        source, cell.cellName(), new TorchLayout(cell, layers).fromTorch(named));
  }

  // ---- recurrent layers

  private int takeRecurrent() {
    int layers = 0;
    Optional<String> prefix = Optional.empty();
    for (String name : List.copyOf(unused)) {
      Matcher matcher = RECURRENT.matcher(name);
      if (!matcher.matches()) {
        continue;
      }
      if (matcher.group(4) != null) {
        throw new InterchangeException(
            source,
            String.format(
                Locale.ROOT,
                "is bidirectional (tensor '%s'): such a model sees what it is to predict and cannot"
                    + " write.",
                name));
      }
      if (matcher.group(2).equals("weight_hr")) {
        throw new InterchangeException(
            source,
            String.format(
                Locale.ROOT,
                "has a projected LSTM (tensor '%s'), for which there is no cell",
                name));
      }
      if (prefix.isPresent() && !prefix.get().equals(matcher.group(1))) {
        throw new InterchangeException(
            source,
            String.format(
                Locale.ROOT,
                "has two recurrent networks, '%s' and '%s'. Only one can be imported.",
                prefix.get(),
                matcher.group(1)));
      }
      prefix = Optional.of(matcher.group(1));
      int layer = Integer.parseInt(matcher.group(3));
      layers = Math.max(layers, layer + 1);
      take(name, TorchLayout.name(matcher.group(2), layer));
    }
    if (layers == 0 && !named.containsKey(TorchLayout.name("weight_ih", 0))) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "has no recurrent layer: no tensor is named '...weight_ih_l0'. It has %s.",
              tensors.keySet()));
    }
    return Math.max(layers, 1);
  }

  private FusedCell cell(int rows, int hidden, Optional<String> cellName) {
    if (cellName.isPresent()) {
      return FusedCell.of(cellName.get())
          .orElseThrow(() ->
              new InterchangeException(
                  source,
                  String.format(
                      Locale.ROOT, "names the cell '%s', which is unknown", cellName.get())));
    }
    if (hidden == 0 || rows % hidden != 0) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "has recurrent weights of impossible shapes: %d rows for a state of %d",
              rows,
              hidden));
    }
    return switch (rows / hidden) {
      case 1 -> FusedCell.RNN;
      case 3 -> FusedCell.GRU_RESET_AFTER;
      case 4 -> FusedCell.LSTM;
      default ->
          throw new InterchangeException(
              source,
              String.format(
                  Locale.ROOT,
                  "has layers of %d gates; 1 (RNN), 3 (GRU) and 4 (LSTM) are known",
                  rows / hidden));
    };
  }

  private void requireLayers(int layers, FusedCell cell, int hidden) {
    int rows = cell.torchGates().size() * hidden;
    for (int layer = 0; layer < layers; layer++) {
      HostTensor inputs = required(TorchLayout.name("weight_ih", layer));
      HostTensor recurrent = required(TorchLayout.name("weight_hh", layer));
      boolean fits =
          inputs.shape().rank() == 2
              && inputs.shape().rows() == rows
              && recurrent.shape().rank() == 2
              && recurrent.shape().rows() == rows
              && recurrent.shape().columns() == hidden
              && (layer == 0 || inputs.shape().columns() == hidden);
      for (String bias : List.of("bias_ih", "bias_hh")) {
        HostTensor tensor = named.get(TorchLayout.name(bias, layer));
        fits &= tensor == null || tensor.shape().elements() == rows;
      }
      if (!fits) {
        throw new InterchangeException(
            source,
            String.format(
                Locale.ROOT,
                "has layer %d of another size than layer 0: %s and %s for a state of %d. Layers of"
                    + " different sizes cannot be imported.",
                layer,
                inputs.shape(),
                recurrent.shape(),
                hidden));
      }
    }
  }

  // ---- embedding and output

  private void takeHead(int inputs, int hidden) {
    takeIfUnnamed(
        TorchLayout.DECODER_BIAS, it -> it.shape().rank() == 1, DECODER, "the bias of the output");
    int vocabularySize = required(TorchLayout.DECODER_BIAS).shape().elements();
    boolean readsOneHot = inputs == vocabularySize && !hasEncoder();
    if (!readsOneHot) {
      takeIfUnnamed(
          TorchLayout.ENCODER,
          it -> isMatrix(it, vocabularySize, inputs),
          ENCODER,
          "the embedding");
    }
    if (unused.stream().anyMatch(name -> isMatrix(tensor(name), vocabularySize, hidden))) {
      takeIfUnnamed(
          TorchLayout.DECODER,
          it -> isMatrix(it, vocabularySize, hidden),
          DECODER,
          "the weight of the output");
    }
    if (!named.containsKey(TorchLayout.DECODER) && inputs != hidden) {
      takeIfUnnamed(
          TorchLayout.PROJECTION,
          it -> isMatrix(it, inputs, hidden),
          DECODER,
          "the projection before an output that is the embedding");
    }
    if (!named.containsKey(TorchLayout.DECODER)) {
      dropTwinOfEncoder();
    }
  }

  /** Tied weights may be written twice. */
  private void dropTwinOfEncoder() {
    HostTensor encoder = required(TorchLayout.ENCODER);
    unused.removeIf(name -> tensor(name).equals(encoder));
  }

  private boolean hasEncoder() {
    return named.containsKey(TorchLayout.ENCODER)
        || unused.stream().anyMatch(name -> ENCODER.matcher(name).matches());
  }

  private void takeIfUnnamed(
      String target, Predicate<HostTensor> fits, Pattern usualName, String what) {
    if (named.containsKey(target)) {
      return;
    }
    List<String> candidates = unused.stream().filter(name -> fits.test(tensor(name))).toList();
    if (candidates.size() > 1) {
      candidates = candidates.stream().filter(name -> usualName.matcher(name).matches()).toList();
    }
    if (candidates.size() != 1) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "does not say which tensor is %s. Name it with --map NAME=%s; its tensors are %s.",
              what,
              target,
              tensors.keySet()));
    }
    take(candidates.getFirst(), target);
  }

  private static boolean isMatrix(HostTensor tensor, int rows, int columns) {
    return tensor.shape().rank() == 2
        && tensor.shape().rows() == rows
        && tensor.shape().columns() == columns;
  }

  private void take(String from, String to) {
    HostTensor tensor = tensors.get(from);
    if (tensor != null && unused.remove(from)) {
      named.put(to, tensor);
    }
  }

  private HostTensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private HostTensor required(String name) {
    HostTensor tensor = named.get(name);
    if (tensor == null) {
      throw new InterchangeException(
          source,
          String.format(Locale.ROOT, "lacks '%s'; its tensors are %s", name, tensors.keySet()));
    }
    return tensor;
  }
}
