package org.charrnn.interchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;

/** Models with random weights, biases included. */
public final class RandomModels {

  private RandomModels() {}

  /** How the output layer gets its weights. */
  public enum Head {
    UNTIED,
    TIED,
    TIED_WITH_PROJECTION,
    WITHOUT_EMBEDDING
  }

  /** The cells on the class path: those of the project, a broken one of these tests excepted. */
  public static List<String> cells() {
    return Plugins.cells().names().stream().filter(it -> !it.equals(FickleCell.NAME)).toList();
  }

  /** A model of a vocabulary of 13 symbols, some of which are hard to write down. */
  public static SavedModel of(String cell, int layers, Head head) {
    int hidden = 6;
    int embedding =
        switch (head) {
          case UNTIED, TIED_WITH_PROJECTION -> 5;
          case TIED -> hidden;
          case WITHOUT_EMBEDDING -> 0;
        };
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it ->
                it.cell(cell)
                    .layers(layers)
                    .hiddenSize(hidden)
                    .embeddingSize(embedding)
                    .tieWeights(head == Head.TIED || head == Head.TIED_WITH_PROJECTION))
            .build();
    Vocabulary vocabulary = vocabulary();
    Network network =
        new Network(
            new Architecture(
                vocabulary.size(), embedding, hidden, layers, config.model().tieWeights()),
            Plugins.cells().get(cell));
    RandomGenerator random = new SeededRandom(cell.hashCode() + 31L * layers + head.ordinal());
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    network
        .parameters()
        .forEach((name, spec) -> {
          float[] values = new float[spec.shape().elements()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * 0.5);
          }
          parameters.put(name, new HostTensor(spec.shape(), values));
        });
    return new SavedModel(config, vocabulary, parameters);
  }

  private static Vocabulary vocabulary() {
    List<Vocabulary.Entry> entries = new ArrayList<>();
    for (String symbol :
        List.of("选", "择", "\n", " ", "a", "\"", "\\", "😀", "\u2028", "\u0007", "é", "{", "0")) {
      entries.add(new Vocabulary.Entry(symbol, entries.size() + 1));
    }
    return Vocabulary.of(entries);
  }
}
