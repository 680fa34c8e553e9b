package org.charrnn.interchange;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What cannot be read off an imported model.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param vocabulary a file with the symbols, see {@link Interchange#importModel}; empty for the one
 *     beside the weights. A JSON array of symbols in the order of their ids, a JSON object of ids
 *     by symbol, or a tokenizer.json
 * @param names the names {@code encoder.weight}, {@code rnn.weight_ih_l0}, ..., {@code
 *     proj.weight}, {@code decoder.weight} and {@code decoder.bias}, by the names in the file
 */
public record ImportOptions(Optional<Path> vocabulary, Map<String, String> names) {

  /** Everything is read off the model. */
  public static final ImportOptions NONE = new ImportOptions(Optional.empty(), Map.of());

  /** Copies the map. */
  public ImportOptions {
    names = Map.copyOf(names);
  }
}
