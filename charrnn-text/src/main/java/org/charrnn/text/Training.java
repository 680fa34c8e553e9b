package org.charrnn.text;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.RunConfig;
import org.charrnn.text.config.SampleConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.ExclusiveUse;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.snapshot.TrainingState;
import org.charrnn.text.snapshot.Validations;
import org.charrnn.text.steps.FiniteCheck;
import org.charrnn.text.steps.LearningRate;
import org.charrnn.text.steps.TrainingText;
import org.charrnn.text.steps.Updater;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.ValidationReport;

/**
 * The state of a training and the operations on it: steps, measurements, snapshots.
 *
 * <p><b>Thread safety.</b> The thread that has reserved it, except for {@link #progress}.
 */
final class Training {

  private final TrainingText text;
  private final DeviceModel model;
  private final Updater updater;
  private final Optional<String> runId;
  private final LearningRate learningRate;
  private final StoppingCriteria stoppingCriteria;
  private final FiniteCheck finiteCheck;
  private final LanguageModel languageModel;
  private final HeldOut heldOut;
  private final long startStep;
  private volatile Progress progress; // any thread may ask for it
  private Optional<Loss> lastValidation = Optional.empty();
  private long lastValidationStep;
  private double lastRate;

  Training(
      TrainingText text,
      DeviceModel model,
      Updater updater,
      Progress progress,
      Optional<String> runId) {
    TrainingConfig config = text.config();
    this.text = text;
    this.model = model;
    this.updater = updater;
    this.runId = runId;
    this.progress = progress;
    this.startStep = progress.step();
    this.lastValidationStep = startStep;
    this.learningRate = LearningRate.of(config, text.stepsPerEpoch());
    this.stoppingCriteria =
        new StoppingCriteria(totalSteps(text), config.watch().patience(), config.watch().maxTime());
    this.finiteCheck = FiniteCheck.of(config, text.stepsPerEpoch());
    this.lastRate = learningRate.next(progress);
    this.languageModel =
        new LanguageModel(config, text.vocabulary(), text.tokenizer(), model, false);
    this.heldOut = new HeldOut(text, model, languageModel);
  }

  /** The steps of the whole run, which ends with a round if it consists of rounds. */
  private static long totalSteps(TrainingText text) {
    RunConfig run = text.config().run();
    long scheduled = run.scheduledSteps(text.stepsPerEpoch());
    long most = Math.min(scheduled, run.maxSteps().orElse(Long.MAX_VALUE));
    return text.roundLengths().endOfRound(most);
  }

  /**
   * Reserves the training, and its model, for this thread.
   *
   * @throws IllegalStateException if another thread uses them
   */
  ExclusiveUse.Use reserve() {
    return model.reserve();
  }

  // ---- steps and measurements

  /** One step, or one round of workers. */
  StepReport step() {
    try (var _ = model.use()) {
      Updater.Updated updated = updater.update(progress);
      progress = updated.progress();
      lastRate = updated.report().learningRate();
      return updated.report();
    }
  }

  /** The number of steps of a run that takes this time from now; makes steps to find it. */
  long stepsWithin(Duration time, LongSupplier nanoTime) {
    return new StepBudget(text.config(), text.stepsPerEpoch(), nanoTime)
        .steps(
            time,
            new StepBudget.Work() {
              @Override
              public long step() {
                long before = progress.step();
                return Training.this.step().step() - before;
              }

              @Override
              public double measure() {
                return heldOut.measureBeginning();
              }

              @Override
              public void save() {
                if (text.config().sample().length() > 0) {
                  sample();
                }
                snapshot();
              }
            });
  }

  /** Measures the held-out text and counts the result, which may change the learning rate. */
  ValidationReport validate() {
    Loss loss = measureHeldOut();
    progress =
        progress.with(
            progress.validations().with(progress.step(), loss.nats(), learningRate.patience()));
    return report(loss, progress.validations());
  }

  /**
   * The loss of the last model on the held-out text; empty if none is held out. It is measured here
   * if that was not done after the last step, and is not counted: a run that ends between two
   * validations must resume as if it had not ended.
   */
  Optional<Loss> lastLoss() {
    return heldOut.isMeasurable() && lastValidationStep < progress.step()
        ? Optional.of(measureHeldOut())
        : lastValidation;
  }

  private Loss measureHeldOut() {
    Loss loss = heldOut.loss().orElseThrow();
    finiteCheck.requireFinite(progress.step(), "the loss on the held-out text", loss.nats());
    lastValidation = Optional.of(loss);
    lastValidationStep = progress.step();
    return loss;
  }

  private ValidationReport report(Loss loss, Validations validations) {
    return new ValidationReport(
        progress.step(),
        progress.epoch(),
        loss,
        lastRate,
        validations.lastIsBest(),
        validations.best().orElseThrow(),
        validations.bestStep(),
        Milestones.endsEpoch(progress));
  }

  /** The epoch that was completed last. */
  EpochReport epochReport() {
    TrainingConfig config = text.config();
    int characters = config.windows().seqLength() * config.windows().batchSize();
    Loss training =
        new Loss(
            (long) text.windows().count() * characters * config.rounds().parts(),
            updater.lastEpochLoss());
    return new EpochReport(progress.epoch(), progress.step(), training, lastValidation);
  }

  /** A sample; it does not change the course of training. */
  String sample() {
    SampleConfig sample = text.config().sample();
    String prompt = sample.prompt().orElseThrow();
    StringBuilder written = new StringBuilder(prompt);
    boolean backward = text.config().model().direction() == ReadingDirection.BACKWARD;
    SeededRandom random = new SeededRandom(progress.random()).split(progress.step());
    Sampler sampler = Sampler.temperature(sample.temperature());
    languageModel.generate(
        prompt,
        sample.length(),
        sampler,
        random,
        symbol -> written.insert(backward ? 0 : written.length(), symbol));
    return written.toString();
  }

  // ---- snapshots

  /**
   * Checks that the model can be used: its parameters and its loss on a window are finite.
   *
   * @throws ModelDivergedException if they are not
   */
  void requireUsable() {
    finiteCheck.requireFinite(progress.step(), model.read());
    Loss loss = heldOut.lossOfFirstWindow();
    finiteCheck.requireFinite(progress.step(), "the loss of the updated model", loss.nats());
    finiteCheck.requireFinite(
        progress.step(), "the perplexity of the updated model", loss.perplexity());
  }

  /** Everything that is needed to resume. */
  Snapshot snapshot() {
    Map<String, HostTensor> states = updater.readStates(progress);
    finiteCheck.requireFinite(progress.step(), states);
    return new Snapshot(
        savedModel(OptionalDouble.empty()),
        Optional.of(new TrainingState(progress, text.fingerprint(), states)));
  }

  /** The model alone. */
  SavedModel savedModel(OptionalDouble heldOutNats) {
    Map<String, HostTensor> parameters = model.read();
    finiteCheck.requireFinite(progress.step(), parameters);
    return new SavedModel(
        text.config(),
        text.vocabulary(),
        parameters,
        runId.map(id -> new SavedModel.Origin.Run(id, progress.step(), heldOutNats)));
  }

  /** The size of a checkpoint. */
  long checkpointBytes() {
    long states =
        updater.stateShapes().values().stream().mapToLong(shape -> shape.elements()).sum();
    return CheckpointKeeper.bytes(model.size() + states, text.vocabulary().size());
  }

  // ---- what it consists of

  TrainingPlan plan() {
    return new TrainingPlan(
        text.config(),
        text.vocabulary().size(),
        model.size(),
        text.split().training().length(),
        text.split().heldOut().length(),
        text.test().length(),
        text.windows().count(),
        stoppingCriteria.totalSteps(),
        startStep,
        runId);
  }

  TrainingConfig config() {
    return text.config();
  }

  Progress progress() {
    return progress;
  }

  long startStep() {
    return startStep;
  }

  Optional<String> runId() {
    return runId;
  }

  StoppingCriteria stoppingCriteria() {
    return stoppingCriteria;
  }

  LanguageModel languageModel() {
    return languageModel;
  }

  HeldOut heldOut() {
    return heldOut;
  }

  /** Frees the memory and closes the text. */
  void close() {
    try (text;
        model;
        updater) {
      // closes all of them, the updater first
    }
  }
}
