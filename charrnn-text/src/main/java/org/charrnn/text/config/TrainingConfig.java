package org.charrnn.text.config;

/**
 * Everything that determines a training run, beside the text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param model what the model is made of
 * @param optimizer how a step changes the parameters
 * @param windows how the text is cut
 * @param run how long to train
 * @param sample what to write at each checkpoint
 * @param documents where documents begin
 * @param watch what happens between steps, and what ends a run early
 */
public record TrainingConfig(
    ModelConfig model,
    OptimizerConfig optimizer,
    WindowConfig windows,
    RunConfig run,
    SampleConfig sample,
    DocumentConfig documents,
    WatchConfig watch) {

  /** Checks what one part asks of another. */
  public TrainingConfig {
    if (optimizer.schedule() instanceof Schedule.Plateau && run.validation() == 0) {
      throw new InvalidOptionException(
          "schedule", "plateau", "another one if no text is held out, since validation is 0");
    }
  }

  /** A builder that begins with the standard profile. */
  public static TrainingConfigBuilder builder() {
    return Profile.STANDARD.config().toBuilder();
  }

  /** A builder that begins with this configuration. */
  public TrainingConfigBuilder toBuilder() {
    return new TrainingConfigBuilder(this);
  }
}
