package org.charrnn.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Session;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.checkpoint.TrainingState;
import org.charrnn.text.checkpoint.Validations;
import org.charrnn.text.config.RunConfig;
import org.charrnn.text.config.SampleConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.TrainingProgram;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.ngram.NGramModel;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingDivergedException;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.training.ValidationReport;

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

  /** How much the model reads before it is asked what surprisals it. */
  private static final int SYMBOLS_BEFORE = 200;

  private final TrainingText text;
  private final TrainingConfig config;
  private final DeviceModel model;
  private final TrainingProgram program;
  private final LearningRate learningRate;
  private final Milestones agenda;
  private final StoppingCriteria stopRule;
  private final FiniteCheck divergence;
  private final StepRunner stepper;
  private final LanguageModel languageModel;
  private final long startStep;
  private Progress progress;
  private Optional<Loss> lastValidation = Optional.empty();
  private double lastRate;
  private volatile boolean stopRequested;

  private Trainer(TrainingSetup setup) {
    this.text = setup.text();
    this.config = text.config();
    this.model = setup.model();
    this.program = setup.program();
    long totalSteps = totalSteps(text);
    this.learningRate =
        new LearningRate(
            setup.learningRate(), config.optimizer().schedule(), stepsOfAllEpochs(text));
    this.agenda = new Milestones(config, text.split().heldOut().length() >= 2);
    this.stopRule =
        new StoppingCriteria(totalSteps, config.watch().patience(), config.watch().maxTime());
    this.divergence = new FiniteCheck(config.optimizer().clipNorm(), text.windows().count());
    this.stepper = new StepRunner(text, program, learningRate, divergence);
    this.progress = setup.progress();
    this.lastRate = learningRate.next(progress);
    this.startStep = progress.step();
    this.languageModel =
        new LanguageModel(config, text.vocabulary(), text.tokenizer(), model, false);
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

  static Trainer fineTune(
      Supplier<Session> sessions, Corpus corpus, TrainingConfig config, FineTuning how) {
    return new Trainer(how.begin(sessions, corpus, config));
  }

  // ---- the whole run

  /**
   * Trains until the epochs or the steps of the configuration are done, or something else ends the
   * run before that, and keeps nothing but what is in memory.
   */
  public TrainingResult run(TrainingListener listener) {
    return run(Optional.empty(), listener);
  }

  /**
   * Trains until the epochs or the steps of the configuration are done, or something else ends the
   * run before that. Every {@code saveEvery} epochs, every {@code saveEverySteps} steps, and at the
   * end, a checkpoint takes the place of the one before it, and a sample is written. After each
   * validation that is the best so far, the model alone goes to {@link Checkpoint#best}.
   *
   * @throws OutputException if a file cannot be written; where that can be known, before training
   *     begins
   * @throws TrainingDivergedException if a number is no longer finite; the last checkpoint stays
   */
  public TrainingResult run(Path file, TrainingListener listener) {
    Checkpoint.requireWritable(file, checkpointBytes());
    if (agenda.heldOut()) {
      Checkpoint.requireWritable(Checkpoint.best(file), checkpointBytes());
    }
    return run(Optional.of(file), listener);
  }

  private TrainingResult run(Optional<Path> file, TrainingListener listener) {
    return new TrainingRun(this, file, listener, System::nanoTime).run(() -> stopRequested);
  }

  /**
   * Lets a {@link #run} under way end after the step that it is at, with a checkpoint. Any thread
   * may call this.
   */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * Whether the epochs or the steps of the configuration are done, or too many validations brought
   * nothing better.
   */
  public boolean isFinished() {
    return stopRule.finished(progress).isPresent();
  }

  // ---- its parts

  /**
   * One update, which takes one window or as many as {@code accumulate} says.
   *
   * @throws TrainingDivergedException if the loss or the norm of the gradients is not finite
   */
  public StepReport step() {
    try (var _ = model.use()) {
      StepRunner.Stepped stepped = stepper.step(progress);
      progress = stepped.progress();
      lastRate = stepped.report().learningRate();
      return stepped.report();
    }
  }

  /** Measures the held-out text, of which there is some, and remembers the result. */
  ValidationReport validateAndCount() {
    Loss loss = validate().orElseThrow();
    divergence.requireFinite(
        progress.step(), learningRate.base(), "the loss on the held-out text", loss.nats());
    lastValidation = Optional.of(loss);
    Validations validations =
        progress.validations().with(progress.step(), loss.nats(), learningRate.patience());
    progress = progress.with(validations);
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

  /** The pass that was just completed, and measured if there is held-out text. */
  EpochReport epochReport() {
    Loss training =
        new Loss((long) text.windows().count() * windowCharacters(), stepper.lastEpochLoss());
    return new EpochReport(progress.epoch(), progress.step(), training, lastValidation);
  }

  /**
   * The loss on the text that is held out, now; empty if none is. It does not change the course of
   * training.
   */
  public Optional<Loss> validate() {
    Ids heldOut = text.split().heldOut();
    return heldOut.length() < 2 ? Optional.empty() : Optional.of(languageModel.evaluate(heldOut));
  }

  /**
   * The loss on the text that was set aside for the end; empty if none was.
   *
   * @param best the model that is measured; the one of now if there is none
   */
  Optional<Loss> test(Optional<Path> best) {
    if (text.test().length() < 2) {
      return Optional.empty();
    }
    if (best.isEmpty()) {
      return Optional.of(languageModel.evaluate(text.test()));
    }
    SavedModel saved = Checkpoint.readModel(best.get());
    ModelFactory.requireFit(best.get(), config.model(), model.shapes(), saved.tensors());
    Map<String, HostTensor> now = model.read();
    model.write(saved.tensors());
    try {
      return Optional.of(languageModel.evaluate(text.test()));
    } finally {
      model.write(now);
    }
  }

  /**
   * How much the beginning of the text that is held out surprisals the model now, symbol by symbol;
   * empty if nothing is held out. It does not change the course of training.
   *
   * @param symbols how many symbols, at most
   * @param expected how many of the symbols that it holds for most probable are wanted for each
   */
  public List<Surprisal> surprisals(int symbols, int expected) {
    Ids heldOut = text.split().heldOut();
    Ids training = text.split().training();
    Ids before = training.slice(Math.max(0, training.length() - SYMBOLS_BEFORE), training.length());
    return languageModel.surprisals(
        before.toArray(),
        heldOut.slice(0, Math.min(symbols, heldOut.length())).toArray(),
        expected);
  }

  /**
   * What counting n-grams achieves on the same split; empty if nothing is held out that could be
   * foretold.
   *
   * @param order the highest n
   * @throws CorpusException if the n-grams do not fit into the memory that Java has left
   */
  public Optional<Baseline> baseline(int order) {
    return text.split().heldOut().length() < 2
        ? Optional.empty()
        : Optional.of(
            Baseline.of(
                text.split().training().length(),
                text.split().heldOut().length(),
                text.vocabulary().size(),
                NGramModel.losses(
                    "The training text", text.split(), text.vocabulary().size(), order)));
  }

  /**
   * What the model writes now, as the configuration says. It does not change the course of
   * training.
   */
  public String sample() {
    SampleConfig sample = config.sample();
    String begin = sample.prompt().orElseThrow();
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
    divergence.requireFinite(progress.step(), learningRate.base(), parameters);
    divergence.requireFinite(progress.step(), learningRate.base(), states);
    return new Checkpoint(
        new SavedModel(config, text.vocabulary(), parameters),
        Optional.of(new TrainingState(progress, text.fingerprint(), states)));
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

  /** Writes the model alone. */
  void saveModel(Path file) {
    Map<String, HostTensor> parameters = model.read();
    divergence.requireFinite(progress.step(), learningRate.base(), parameters);
    new SavedModel(config, text.vocabulary(), parameters).write(file);
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
        text.split().training().length(),
        text.split().heldOut().length(),
        text.test().length(),
        text.windows().count(),
        stopRule.totalSteps(),
        startStep);
  }

  /** How far it has come. */
  public Progress progress() {
    return progress;
  }

  Milestones agenda() {
    return agenda;
  }

  StoppingCriteria stopRule() {
    return stopRule;
  }

  private static long stepsOfAllEpochs(TrainingText text) {
    return (long) text.config().run().epochs() * text.stepsPerEpoch();
  }

  private static long totalSteps(TrainingText text) {
    RunConfig run = text.config().run();
    return Math.min(stepsOfAllEpochs(text), run.maxSteps().orElse(Long.MAX_VALUE));
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

  /**
   * Frees the memory, that of {@link #model} included, and closes the text. Closing twice does
   * nothing.
   */
  @Override
  public void close() {
    try (text) {
      model.close();
    }
  }
}
