package org.charrnn.text;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.config.TrainingConfig;

/**
 * The id of a run, which marks its files. It is computed from all that determines the course of
 * training, but not from its length, so that equal runs write equal files, and so does a run that
 * is made longer.
 */
final class RunId {

  private static final int DIGITS = 16;

  private RunId() {}

  /**
   * The id.
   *
   * @param fingerprint the fingerprint of the text
   * @param config the configuration that the run starts with
   * @param parameters a hash of the parameters that it starts with; 0 if they are initialized
   */
  static String of(String fingerprint, TrainingConfig config, int parameters) {
    List<Object> determining =
        new ArrayList<>(
            List.of(
                fingerprint,
                parameters,
                config.model(),
                config.optimizer(),
                config.windows(),
                config.documents(),
                config.run().validation(),
                config.run().test(),
                config.run().seed()));
    if (config.rounds().hasWorkers()) {
      determining.add(config.rounds());
    }
    return Hashing.sha256()
        .hashString(determining.toString(), StandardCharsets.UTF_8)
        .toString()
        .substring(0, DIGITS);
  }
}
