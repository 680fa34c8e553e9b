package org.charrnn.cli.options;

import org.charrnn.text.config.SampleConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The samples at each checkpoint. */
public final class SampleOptions {

  @Option(
      names = {"--prompt", "--begin"},
      paramLabel = "TEXT",
      description = "The text that samples start with. Default: the first character of the text.")
  private @Nullable String prompt;

  @Option(
      names = "--sample-length",
      paramLabel = "N",
      description = "Characters of a sample; 0 for no samples.")
  private @Nullable Integer sampleLength;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Randomness of samples: 0 always takes the most probable character, 1 draws from the model's distribution.")
  private @Nullable Double temperature;

  /** Creates the group without values; picocli sets them. */
  public SampleOptions() {}

  /** Sets the values that were given. */
  public void applyTo(SampleConfig.Builder config) {
    Given.apply(prompt, config::prompt);
    Given.apply(sampleLength, config::length);
    Given.apply(temperature, config::temperature);
  }
}
