package org.charrnn.cli.options;

import org.charrnn.text.config.TrainingConfigBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the model writes at each checkpoint. */
public final class SampleOptions {

  @Option(
      names = "--begin",
      paramLabel = "TEXT",
      description = "What samples begin with. Default: the first character of the text.")
  private @Nullable String begin;

  @Option(
      names = "--sample-length",
      paramLabel = "N",
      description = "Characters of a sample; 0 for no samples.")
  private @Nullable Integer sampleLength;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "How daring samples are: 0 always takes the most probable character, 1 what the model says.")
  private @Nullable Double temperature;

  /** No option typed yet; picocli fills them in. */
  public SampleOptions() {}

  /** Sets what the user typed. */
  public void applyTo(TrainingConfigBuilder config) {
    Given.apply(begin, config::begin);
    Given.apply(sampleLength, config::sampleLength);
    Given.apply(temperature, config::temperature);
  }
}
