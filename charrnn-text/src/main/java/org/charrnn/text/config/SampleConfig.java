package org.charrnn.text.config;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.Optional;

/**
 * The samples that the model generates at each checkpoint, for the user to see.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param prompt the text that samples start with; empty for the first symbol of the training text
 * @param length the number of symbols to generate after it; 0 for no samples
 * @param temperature divides the logits before a symbol is drawn; 0 for greedy
 */
public record SampleConfig(
    @JsonAlias("begin") Optional<String> prompt, int length, double temperature) {

  /**
   * Checks the numbers.
   *
   * @throws InvalidOptionException if a number is out of range or the prompt is empty
   */
  public SampleConfig {
    if (prompt.isPresent() && prompt.get().isEmpty()) {
      throw new InvalidOptionException("prompt", "''", "at least one symbol");
    }
    Check.atLeast(0, "sampleLength", length);
    Check.within(0, Double.POSITIVE_INFINITY, "temperature", temperature);
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.prompt = prompt;
    builder.length = length;
    builder.temperature = temperature;
    return builder;
  }

  /**
   * Builds a {@link SampleConfig}; each method sets the component of its name. {@link
   * TrainingConfig.Builder#build} reports a value that is not allowed.
   */
  public static final class Builder {

    private Optional<String> prompt = Optional.empty();
    private int length = 100;
    private double temperature = 0.8;

    Builder() {}

    /**
     * Sets the text that samples start with.
     *
     * @param value at least one symbol, all in the training text
     * @return this builder
     */
    public Builder prompt(String value) {
      prompt = Optional.of(value);
      return this;
    }

    /**
     * Sets the number of symbols of a sample; 0 for no samples.
     *
     * @param value at least 0; by default 100
     * @return this builder
     */
    public Builder length(int value) {
      length = value;
      return this;
    }

    /**
     * Sets the temperature; 0 for greedy.
     *
     * @param value at least 0; by default 0.8
     * @return this builder
     */
    public Builder temperature(double value) {
      temperature = value;
      return this;
    }

    SampleConfig build() {
      return new SampleConfig(prompt, length, temperature);
    }
  }
}
