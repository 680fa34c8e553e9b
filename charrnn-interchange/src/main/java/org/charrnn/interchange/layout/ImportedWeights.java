package org.charrnn.interchange.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;

/**
 * Weights that were converted to the names and the layout of charrnn, without the symbols.
 *
 * @param source what they were read from, for messages
 * @param cell the name of the cell
 * @param parameters tensors by name
 */
public record ImportedWeights(String source, String cell, Map<String, HostTensor> parameters) {

  /** V, the number of symbols. */
  public int vocabularySize() {
    return tensor("output.bias").shape().elements();
  }

  private HostTensor tensor(String name) {
    HostTensor tensor = parameters.get(name);
    if (tensor == null) {
      throw new InterchangeException(source, "has no tensor that becomes '" + name + "'");
    }
    return tensor;
  }

  private int layers() {
    return (int)
        parameters.keySet().stream()
            .filter(name -> name.startsWith(cell + "."))
            .map(name -> name.substring(0, name.indexOf('.', cell.length() + 1)))
            .distinct()
            .count();
  }

  private int hiddenSize() {
    return parameters.entrySet().stream()
        .filter(it -> it.getKey().startsWith(cell + ".0.U"))
        .mapToInt(it -> it.getValue().shape().columns())
        .findFirst()
        .orElseThrow(() -> new InterchangeException(source, "has no recurrent weights"));
  }

  /**
   * A model of these weights.
   *
   * <p>If the file does not say how the model was trained, its configuration is the default one,
   * and its origin says so; if it does not say how often each symbol occurs, the counts are zero.
   *
   * @param symbols the symbols in the order of their ids
   * @param provenance what the file says besides the weights
   * @throws InterchangeException if names or shapes are not those of the model that the weights
   *     describe
   */
  public SavedModel model(List<String> symbols, Provenance provenance) {
    if (symbols.size() != vocabularySize()) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "has %d outputs, but the vocabulary has %d symbols",
              vocabularySize(),
              symbols.size()));
    }
    TrainingConfig config = provenance.config().orElseGet(this::architecture);
    return new SavedModel(
        config,
        vocabulary(symbols, provenance.counts()),
        inOrder(config.model()),
        Optional.of(
            new SavedModel.Origin.Imported(provenance.format(), provenance.config().isPresent())));
  }

  /** The architecture that the weights have; the rest is the default. */
  private TrainingConfig architecture() {
    HostTensor embedding = parameters.get("embedding");
    int embeddingSize = embedding == null ? 0 : embedding.shape().columns();
    return TrainingConfig.builder()
        .model(model ->
            model
                .cell(cell)
                .hiddenSize(hiddenSize())
                .layers(layers())
                .embeddingSize(embeddingSize)
                .tieWeights(!parameters.containsKey("output.weight")))
        .build();
  }

  private Vocabulary vocabulary(List<String> symbols, List<Long> counts) {
    if (!counts.isEmpty() && counts.size() != symbols.size()) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT, "has %d counts for %d symbols", counts.size(), symbols.size()));
    }
    try {
      List<Vocabulary.Entry> entries = new ArrayList<>();
      for (int id = 0; id < symbols.size(); id++) {
        entries.add(new Vocabulary.Entry(symbols.get(id), counts.isEmpty() ? 0 : counts.get(id)));
      }
      return Vocabulary.of(entries);
    } catch (IllegalArgumentException e) {
      throw new InterchangeException(
          source, "has a vocabulary that is impossible: " + e.getMessage());
    }
  }

  /** The parameters in the order of the network, which also checks names and shapes. */
  private Map<String, HostTensor> inOrder(ModelConfig config) {
    if (!config.cell().equals(cell)) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "has weights of the cell '%s' and a configuration with the cell '%s'",
              cell,
              config.cell()));
    }
    Network network =
        new Network(
            new Architecture(
                vocabularySize(),
                config.embeddingColumns(),
                config.hiddenSize(),
                config.layers(),
                config.tieWeights()),
            Plugins.cells().get(cell));
    Map<String, HostTensor> ordered = new LinkedHashMap<>();
    network
        .parameters()
        .forEach((name, spec) -> {
          HostTensor tensor = tensor(name);
          if (!tensor.shape().equals(spec.shape())) {
            throw new InterchangeException(
                source,
                String.format(
                    Locale.ROOT, "has %s for '%s', expected %s", tensor, name, spec.shape()));
          }
          ordered.put(name, tensor);
        });
    parameters.keySet().stream()
        .filter(name -> !ordered.containsKey(name))
        .findFirst()
        .ifPresent(name -> {
          throw new InterchangeException(
              source, "has a tensor that the model lacks: '" + name + "'");
        });
    return ordered;
  }
}
