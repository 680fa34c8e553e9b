package org.charrnn.text.config;

import java.util.function.Consumer;

/**
 * Everything that determines a training run, in addition to the text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param model the architecture of the model
 * @param optimizer how a step changes the parameters
 * @param windows how the text is cut into windows
 * @param run how long to train
 * @param sample the samples at each checkpoint
 * @param documents where documents start
 * @param watch what happens between steps, and what ends a run early
 * @param rounds whether several workers train together, and how
 */
public record TrainingConfig(
    ModelConfig model,
    OptimizerConfig optimizer,
    WindowConfig windows,
    RunConfig run,
    SampleConfig sample,
    DocumentConfig documents,
    WatchConfig watch,
    RoundConfig rounds) {

  /**
   * Checks the dependencies between components.
   *
   * @throws InvalidOptionException if two components exclude one another; the message names one of
   *     them
   */
  public TrainingConfig {
    if (optimizer.schedule() instanceof Schedule.Plateau && run.validation() == 0) {
      throw new InvalidOptionException(
          "schedule", "plateau", "another one if no text is held out, since validation is 0");
    }
    if (rounds.roundMode() == RoundConfig.Mode.GRADIENT) {
      requireIndependentWindows(optimizer, windows);
    }
  }

  private static void requireIndependentWindows(OptimizerConfig optimizer, WindowConfig windows) {
    if (windows.carryState()) {
      throw new InvalidOptionException(
          "carryState",
          true,
          "false with roundMode gradient: workers that read the windows of a step at the same time"
              + " cannot pass a state from one to the next");
    }
    if (optimizer.accumulate() > 1) {
      throw new InvalidOptionException(
          "accumulate",
          optimizer.accumulate(),
          "1 with roundMode gradient, where a step has one window for each of the workers");
    }
  }

  /**
   * The maximum number of windows whose gradients make one update of a machine: the last step of an
   * epoch may have fewer.
   *
   * @return the number of windows
   */
  public int windowsPerStep() {
    return rounds.roundMode() == RoundConfig.Mode.GRADIENT
        ? rounds.workers()
        : optimizer.accumulate();
  }

  /** {@return a builder that starts with the standard profile} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts with this configuration} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.model = model.toBuilder();
    builder.optimizer = optimizer.toBuilder();
    builder.windows = windows.toBuilder();
    builder.run = run.toBuilder();
    builder.sample = sample.toBuilder();
    builder.documents = documents.toBuilder();
    builder.watch = watch.toBuilder();
    builder.rounds = rounds.toBuilder();
    return builder;
  }

  /**
   * Builds a configuration from the builders of its components. Each method changes the component
   * of its name and returns this builder:
   *
   * <pre>{@code
   * TrainingConfig.builder().model(it -> it.hiddenSize(256).layers(2)).run(it -> it.epochs(5)).build()
   * }</pre>
   *
   * <p><b>Thread safety.</b> None.
   */
  public static final class Builder {

    private ModelConfig.Builder model = new ModelConfig.Builder();
    private OptimizerConfig.Builder optimizer = new OptimizerConfig.Builder();
    private WindowConfig.Builder windows = new WindowConfig.Builder();
    private RunConfig.Builder run = new RunConfig.Builder();
    private SampleConfig.Builder sample = new SampleConfig.Builder();
    private DocumentConfig.Builder documents = new DocumentConfig.Builder();
    private WatchConfig.Builder watch = new WatchConfig.Builder();
    private RoundConfig.Builder rounds = new RoundConfig.Builder();

    private Builder() {}

    /**
     * Changes the architecture of the model.
     *
     * @param changes changes the options of the group
     * @return this builder
     */
    public Builder model(Consumer<ModelConfig.Builder> changes) {
      changes.accept(model);
      return this;
    }

    /**
     * Takes over the architecture of another model.
     *
     * @param value the architecture
     * @return this builder
     */
    public Builder model(ModelConfig value) {
      model = value.toBuilder();
      return this;
    }

    /**
     * Changes how a step changes the parameters.
     *
     * @param changes changes the options of the group
     * @return this builder
     */
    public Builder optimizer(Consumer<OptimizerConfig.Builder> changes) {
      changes.accept(optimizer);
      return this;
    }

    /**
     * Changes how the text is cut into windows.
     *
     * @param changes changes the options of the group
     * @return this builder
     */
    public Builder windows(Consumer<WindowConfig.Builder> changes) {
      changes.accept(windows);
      return this;
    }

    /**
     * Changes how long to train, what to hold out, and the seed.
     *
     * @param changes changes the options of the group
     * @return this builder
     */
    public Builder run(Consumer<RunConfig.Builder> changes) {
      changes.accept(run);
      return this;
    }

    /**
     * Changes the samples at each checkpoint.
     *
     * @param changes changes the options of the group
     * @return this builder
     */
    public Builder sample(Consumer<SampleConfig.Builder> changes) {
      changes.accept(sample);
      return this;
    }

    /**
     * Changes where documents start.
     *
     * @param changes changes the options of the group
     * @return this builder
     */
    public Builder documents(Consumer<DocumentConfig.Builder> changes) {
      changes.accept(documents);
      return this;
    }

    /**
     * Changes what happens between steps, and what ends a run early.
     *
     * @param changes changes the options of the group
     * @return this builder
     */
    public Builder watch(Consumer<WatchConfig.Builder> changes) {
      changes.accept(watch);
      return this;
    }

    /**
     * Changes whether several workers train together, and how.
     *
     * @param changes changes the builder of the component
     * @return this builder
     */
    public Builder rounds(Consumer<RoundConfig.Builder> changes) {
      changes.accept(rounds);
      return this;
    }

    /**
     * {@return the configuration}
     *
     * @throws InvalidOptionException if a value is impossible; the message names the option
     */
    public TrainingConfig build() {
      return new TrainingConfig(
          model.build(),
          optimizer.build(),
          windows.build(),
          run.build(),
          sample.build(),
          documents.build(),
          watch.build(),
          rounds.build());
    }
  }
}
