package org.charrnn.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Session;
import org.charrnn.text.baseline.Baseline;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.checkpoint.TrainingState;
import org.charrnn.text.config.RunConfig;
import org.charrnn.text.config.SampleConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.TrainingProgram;
import org.charrnn.text.generate.Sampler;
import org.charrnn.text.measure.Surprise;
import org.charrnn.text.problem.CorpusException;
import org.charrnn.text.problem.OutputException;
import org.charrnn.text.problem.TrainingDivergedException;
import org.charrnn.text.train.EpochReport;
import org.charrnn.text.train.Loss;
import org.charrnn.text.train.StepReport;
import org.charrnn.text.train.TrainingListener;
import org.charrnn.text.train.TrainingPlan;

/**
 * One training run. {@link #run} does all of it; {@link #step} one update, for those who decide
 * themselves what happens in between.
 *
 * <p>The same text, configuration and accelerator give the same parameters bit by bit, whether or
 * not the run is stopped and {@linkplain CharRnn#resume resumed} in between.
 *
 * <p><b>Thread safety.</b> One thread at a time, but for {@link #requestStop}.
 */
public final class Trainer implements AutoCloseable {

  private static final long METADATA_BYTES = 8192;
  private static final long METADATA_BYTES_PER_SYMBOL = 32;

  /** How much the model reads before it is asked what surprises it. */
  private static final int SYMBOLS_BEFORE = 200;

  private final TrainingText text;
  private final TrainingConfig config;
  private final DeviceModel model;
  private final TrainingProgram program;
  private final double learningRate;
  private final Divergence divergence;
  private final LanguageModel languageModel;
  private final int[] ids;
  private final int[] targets;
  private final SpeedMeter speed = new SpeedMeter();
  private final long startStep;
  private Progress progress;
  private double lastEpochLoss = Double.NaN;
  private long savedStep = -1;
  private volatile boolean stopRequested;

  private Trainer(TrainingSetup setup) {
    this.text = setup.text();
    this.config = text.config();
    this.model = setup.model();
    this.program = setup.program();
    this.learningRate = setup.learningRate();
    this.divergence =
        new Divergence(learningRate, config.optimizer().clipNorm(), text.windows().count());
    this.progress = setup.progress();
    this.startStep = progress.step();
    this.languageModel =
        new LanguageModel(config, text.vocabulary(), text.tokenizer(), model, false);
    this.ids = new int[windowCharacters()];
    this.targets = new int[windowCharacters()];
  }

  static Trainer begin(Supplier<Session> sessions, Corpus corpus, TrainingConfig config) {
    return new Trainer(TrainingSetup.fresh(sessions, corpus, config));
  }

  static Trainer resume(
      Supplier<Session> sessions,
      Corpus corpus,
      TrainingConfig config,
      Path file,
      Checkpoint saved) {
    return new Trainer(TrainingSetup.resumed(sessions, corpus, config, file, saved));
  }

  // ---- the whole run

  /**
   * Trains until the epochs or the steps of the configuration are done, and keeps nothing but what
   * is in memory.
   */
  public void run(TrainingListener listener) {
    run(Optional.empty(), listener);
  }

  /**
   * Trains until the epochs or the steps of the configuration are done. Every {@code saveEvery}
   * epochs, and at the end, a checkpoint takes the place of the one before it, and a sample is
   * written.
   *
   * @throws OutputException if the file cannot be written; where that can be known, before training
   *     begins
   * @throws TrainingDivergedException if a number is no longer finite; the last checkpoint stays
   */
  public void run(Path file, TrainingListener listener) {
    Checkpoint.requireWritable(file, checkpointBytes());
    run(Optional.of(file), listener);
  }

  private void run(Optional<Path> file, TrainingListener listener) {
    listener.started(plan());
    RunConfig run = config.run();
    while (!isFinished() && !stopRequested) {
      listener.step(step());
      if (progress.window() == 0) {
        listener.epoch(epochReport());
        if (progress.epoch() % run.saveEvery() == 0) {
          saveAndSample(file, listener);
        }
      }
    }
    if (savedStep != progress.step()) {
      saveAndSample(file, listener);
    }
  }

  private void saveAndSample(Optional<Path> file, TrainingListener listener) {
    file.ifPresent(place -> {
      save(place);
      listener.saved(place, progress.step());
    });
    savedStep = progress.step();
    if (config.sample().length() > 0) {
      listener.sample(sample(), progress.step());
    }
  }

  /**
   * Lets a {@link #run} under way end after the step that it is at, with a checkpoint. Any thread
   * may call this.
   */
  public void requestStop() {
    stopRequested = true;
  }

  /** Whether the epochs or the steps of the configuration are done. */
  public boolean isFinished() {
    return progress.step() >= totalSteps();
  }

  // ---- its parts

  /**
   * One update.
   *
   * @throws TrainingDivergedException if the loss or the norm of the gradients is not finite
   */
  public StepReport step() {
    if (progress.window() == 0) {
      program.clearCarriedState();
    }
    text.windows().fill(progress.window(), ids, targets);
    long number = progress.step() + 1;
    long began = System.nanoTime();
    double loss = program.run(ids, targets, learningRate, number);
    OptionalDouble norm = program.gradientNorm();
    speed.add(windowCharacters(), System.nanoTime() - began);
    divergence.requireFinite(number, "the loss", loss);
    norm.ifPresent(value -> divergence.requireFinite(number, "the norm of the gradients", value));
    StepReport report =
        new StepReport(
            number,
            progress.epoch() + 1,
            progress.window() + 1,
            number * windowCharacters(),
            loss,
            norm,
            speed.rate());
    advance(loss);
    return report;
  }

  private void advance(double loss) {
    long step = progress.step() + 1;
    double epochLoss = progress.epochLoss() + loss;
    if (progress.window() + 1 < text.windows().count()) {
      progress =
          new Progress(step, progress.epoch(), progress.window() + 1, epochLoss, progress.random());
    } else {
      lastEpochLoss = epochLoss / text.windows().count();
      progress = new Progress(step, progress.epoch() + 1, 0, 0, progress.random());
    }
  }

  private EpochReport epochReport() {
    Loss training = new Loss((long) text.windows().count() * windowCharacters(), lastEpochLoss);
    Optional<Loss> validation = validate();
    validation.ifPresent(loss ->
        divergence.requireFinite(progress.step(), "the loss on the held-out text", loss.nats()));
    return new EpochReport(progress.epoch(), progress.step(), training, validation);
  }

  /**
   * The loss on the text that is held out, now; empty if none is. It does not change the course of
   * training.
   */
  public Optional<Loss> validate() {
    int[] heldOut = text.split().heldOut();
    return heldOut.length < 2 ? Optional.empty() : Optional.of(languageModel.evaluate(heldOut));
  }

  /**
   * How much the beginning of the text that is held out surprises the model now, symbol by symbol;
   * empty if nothing is held out. It does not change the course of training.
   *
   * @param symbols how many symbols, at most
   * @param expected how many of the symbols that it holds for most probable are wanted for each
   */
  public List<Surprise> surprises(int symbols, int expected) {
    int[] heldOut = text.split().heldOut();
    int[] training = text.split().training();
    int[] before =
        Arrays.copyOfRange(
            training, Math.max(0, training.length - SYMBOLS_BEFORE), training.length);
    return languageModel.surprises(
        before, Arrays.copyOf(heldOut, Math.min(symbols, heldOut.length)), expected);
  }

  /**
   * What counting n-grams achieves on the same split; empty if nothing is held out that could be
   * foretold.
   *
   * @param order the highest n
   * @throws CorpusException if the n-grams do not fit into the memory that Java has left
   */
  public Optional<Baseline> baseline(int order) {
    return text.split().heldOut().length < 2
        ? Optional.empty()
        : Optional.of(
            Baseline.of("The training text", text.split(), text.vocabulary().size(), order));
  }

  /**
   * What the model writes now, as the configuration says. It does not change the course of
   * training.
   */
  public String sample() {
    SampleConfig sample = config.sample();
    String begin = sample.begin().orElseThrow();
    StringBuilder written = new StringBuilder(begin);
    SeededRandom random = new SeededRandom(progress.random()).split(progress.step());
    Sampler sampler = Sampler.temperature(sample.temperature());
    languageModel.generate(begin, sample.length(), sampler, random, written::append);
    return written.toString();
  }

  /**
   * Everything that is needed to go on from here.
   *
   * @throws TrainingDivergedException if a parameter is not finite
   */
  public Checkpoint checkpoint() {
    Map<String, HostTensor> parameters = model.read();
    Map<String, HostTensor> states = program.readStates();
    divergence.requireFinite(progress.step(), parameters);
    divergence.requireFinite(progress.step(), states);
    return new Checkpoint(
        new SavedModel(config, text.vocabulary(), parameters),
        new TrainingState(progress, text.fingerprint(), states));
  }

  /**
   * Writes a checkpoint. Whatever happens meanwhile, the file holds the old one or the new one.
   *
   * @throws OutputException if that fails
   * @throws TrainingDivergedException if a parameter is not finite; nothing is written then
   */
  public void save(Path file) {
    checkpoint().write(file);
  }

  /** The model as it is now; it changes with each step and lives as long as this trainer. */
  public LanguageModel model() {
    return languageModel;
  }

  /** What this run is going to do. */
  public TrainingPlan plan() {
    return new TrainingPlan(
        config,
        text.vocabulary().size(),
        model.size(),
        text.split().training().length,
        text.split().heldOut().length,
        text.windows().count(),
        totalSteps(),
        startStep);
  }

  /** How far it has come. */
  public Progress progress() {
    return progress;
  }

  private long totalSteps() {
    long steps = (long) config.run().epochs() * text.windows().count();
    return Math.min(steps, config.run().maxSteps().orElse(Long.MAX_VALUE));
  }

  private int windowCharacters() {
    return config.windows().seqLength() * config.windows().batchSize();
  }

  private long checkpointBytes() {
    long states =
        program.stateShapes().values().stream().mapToLong(shape -> shape.elements()).sum();
    return 4 * (model.size() + states)
        + METADATA_BYTES
        + METADATA_BYTES_PER_SYMBOL * text.vocabulary().size();
  }

  /** Frees the memory, that of {@link #model} included. Closing twice does nothing. */
  @Override
  public void close() {
    model.close();
  }
}
