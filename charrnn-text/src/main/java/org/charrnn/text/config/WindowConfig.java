package org.charrnn.text.config;

import java.util.Locale;
import org.charrnn.text.config.annotation.Fixed;

/**
 * How the text is cut into windows.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param seqLength T, the time steps of a window
 * @param batchSize B, the number of streams that are read in parallel
 * @param carryState whether a window starts with the state that the previous one ended with;
 *     otherwise with zeros, as in the seed
 */
public record WindowConfig(
    @Fixed(Fixed.Scope.RUN) int seqLength,
    @Fixed(Fixed.Scope.RUN) int batchSize,
    @Fixed(Fixed.Scope.RUN) boolean carryState) {

  private static final long MAXIMUM_CHARACTERS = 1 << 28;

  /**
   * Checks the sizes.
   *
   * @throws InvalidOptionException if a size is out of range; the message names it
   */
  public WindowConfig {
    Check.atLeast(1, "seqLength", seqLength);
    Check.atLeast(1, "batchSize", batchSize);
    if ((long) seqLength * batchSize > MAXIMUM_CHARACTERS) {
      throw new InvalidOptionException(
          "seqLength",
          seqLength,
          String.format(
              Locale.ROOT,
              "at most %d with batchSize %d: a step reads no more than %d characters",
              MAXIMUM_CHARACTERS / batchSize,
              batchSize,
              MAXIMUM_CHARACTERS));
    }
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.seqLength = seqLength;
    builder.batchSize = batchSize;
    builder.carryState = carryState;
    return builder;
  }

  /**
   * Builds a {@link WindowConfig}; each method sets the component of its name. {@link
   * TrainingConfig.Builder#build} reports a value that is not allowed.
   */
  public static final class Builder {

    private int seqLength = 50;
    private int batchSize = 32;
    private boolean carryState = true;

    Builder() {}

    /**
     * Sets the time steps of a window.
     *
     * @param value T, at least 1; by default 50
     * @return this builder
     */
    public Builder seqLength(int value) {
      seqLength = value;
      return this;
    }

    /**
     * Sets the number of streams that are read in parallel.
     *
     * @param value B, at least 1; by default 32; a step reads at most 2^28 characters
     * @return this builder
     */
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    /**
     * Sets whether a window starts with the state that the previous one ended with.
     *
     * @param value by default true
     * @return this builder
     */
    public Builder carryState(boolean value) {
      carryState = value;
      return this;
    }

    WindowConfig build() {
      return new WindowConfig(seqLength, batchSize, carryState);
    }
  }
}
