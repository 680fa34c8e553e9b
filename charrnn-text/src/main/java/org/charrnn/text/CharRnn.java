package org.charrnn.text;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.discovery.NoSuchPluginException;
import org.charrnn.api.discovery.PluginException;
import org.charrnn.api.network.Network;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.device.ModelFactory;
import org.charrnn.text.device.OpenSession;
import org.charrnn.text.rounds.PartText;
import org.charrnn.text.rounds.RoundRunner;
import org.charrnn.text.rounds.RoundRunners;
import org.charrnn.text.rounds.TextParts;
import org.charrnn.text.rounds.WorkerSetup;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.steps.RoundWorker;
import org.charrnn.text.steps.StepPrograms;
import org.charrnn.text.training.TrainingListener;

/**
 * The entry point: trains character language models and loads them, on an accelerator.
 *
 * <pre>{@code
 * CharRnn charRnn = CharRnn.create();
 * Corpus corpus = Corpus.read(Path.of("essays.txt"));
 * TrainingConfig config =
 *     TrainingConfig.builder().model(it -> it.hiddenSize(128)).run(it -> it.epochs(5)).build();
 * try (LanguageModel model = charRnn.train(corpus, config)) {
 *   System.out.println(model.generate(GenerationRequest.sampled("选", 100, 0.8, 42)));
 *   System.out.println(model.evaluate(Corpus.read(Path.of("others.txt"))).perplexity());
 *   model.save(Path.of("essays.ckpt"));
 * }
 * }</pre>
 *
 * <p>A {@link Trainer} gives more control: checkpoints, events, and runs that can be resumed.
 *
 * <p>All methods throw {@link CharRnnException}s for problems that a user can fix, and {@link
 * NoSuchPluginException} for a cell, an optimizer, a tokenizer or an accelerator that is missing,
 * {@link PluginException} for one that fails or breaks its contract.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class CharRnn {

  private final Optional<String> name;
  private final Optional<Accelerator> given;
  private final AcceleratorOptions options;
  private final Optional<RoundRunners> workers;

  private CharRnn(
      Optional<String> name,
      Optional<Accelerator> given,
      AcceleratorOptions options,
      Optional<RoundRunners> workers) {
    this.name = name;
    this.given = given;
    this.options = options;
    this.workers = workers;
  }

  /**
   * Uses the accelerator that {@link Accelerators#choose} selects by default.
   *
   * @return an entry point with the default accelerator, threads and device
   */
  public static CharRnn create() {
    return new CharRnn(
        Optional.empty(), Optional.empty(), AcceleratorOptions.defaults(), Optional.empty());
  }

  /**
   * Uses the accelerator of that name.
   *
   * @param acceleratorName the name of an accelerator
   * @return the same options with this accelerator
   */
  public CharRnn withAccelerator(String acceleratorName) {
    return new CharRnn(Optional.of(acceleratorName), Optional.empty(), options, workers);
  }

  /**
   * Uses this accelerator, {@linkplain Accelerators#guarded guarded}. Nothing is asked of it before
   * the options of a training, or the file of a model, are checked.
   *
   * @param accelerator the accelerator
   * @return the same options with this accelerator
   */
  public CharRnn withAccelerator(Accelerator accelerator) {
    return new CharRnn(Optional.empty(), Optional.of(accelerator), options, workers);
  }

  /**
   * Uses these threads and this device.
   *
   * @param acceleratorOptions the threads and the device to use
   * @return the same accelerator with these options
   */
  public CharRnn withOptions(AcceleratorOptions acceleratorOptions) {
    return new CharRnn(name, given, acceleratorOptions, workers);
  }

  /**
   * Runs the workers of a training in {@linkplain org.charrnn.text.config.RoundConfig rounds} in
   * this way, rather than by threads of this process. For charrnn-spark.
   *
   * @param runners runs the workers
   * @return the same with these workers
   */
  @SuppressWarnings("exports")
  public CharRnn withWorkers(RoundRunners runners) {
    return new CharRnn(name, given, options, Optional.of(runners));
  }

  /** {@return the accelerator that will be used} */
  public Accelerator accelerator() {
    return given.map(Accelerators::guarded).orElseGet(() -> Accelerators.choose(name));
  }

  // ---- training

  /**
   * {@return a new training run}
   *
   * @param corpus the text to train on
   * @param config the configuration
   * @throws CharRnnException if the text is too short for the configuration, or an option is
   *     impossible
   */
  public Trainer trainer(Corpus corpus, TrainingConfig config) {
    return open(TrainingSetup.fresh(corpus, config));
  }

  /**
   * Trains a model without writing any file.
   *
   * @param corpus the text to train on
   * @param config the configuration
   * @return the model with the lowest loss on the held-out text; the last one if no text is held
   *     out
   * @throws CharRnnException as {@link #trainer} and {@link Trainer#run}
   */
  public LanguageModel train(Corpus corpus, TrainingConfig config) {
    return train(corpus, config, TrainingListener.silent());
  }

  /**
   * Trains a model as {@link #train(Corpus, TrainingConfig)} does, with a listener.
   *
   * @param corpus the text to train on
   * @param config the configuration
   * @param listener receives the events of the run
   * @return the model, as {@link #train(Corpus, TrainingConfig)}
   */
  public LanguageModel train(Corpus corpus, TrainingConfig config, TrainingListener listener) {
    SavedModel best;
    try (Trainer trainer = trainer(corpus, config)) {
      trainer.run(listener);
      best = trainer.bestInMemory();
    }
    return open(best);
  }

  /**
   * Resumes a training run as if it had never stopped.
   *
   * @param corpus the text that it was trained on
   * @param checkpoint the checkpoint
   * @return the run
   * @throws CharRnnException if the checkpoint cannot be used, or is of another text
   */
  public Trainer resume(Path checkpoint, Corpus corpus) {
    return resume(checkpoint, corpus, UnaryOperator.identity());
  }

  /**
   * Resumes a training run with changes, such as more epochs or another learning rate.
   *
   * @param corpus the text that it was trained on
   * @param changes the changes of the configuration in the checkpoint; components that are {@link
   *     org.charrnn.text.config.annotation.Fixed} cannot change
   * @param checkpoint the checkpoint
   * @return the run
   * @throws CharRnnException if the checkpoint cannot be used, or is of another text, or a change
   *     is impossible
   */
  public Trainer resume(
      Path checkpoint, Corpus corpus, UnaryOperator<TrainingConfig.Builder> changes) {
    Snapshot saved = Snapshot.readResumable(checkpoint);
    TrainingConfig config = changes.apply(saved.model().config().toBuilder()).build();
    return open(TrainingSetup.resumed(corpus, config, checkpoint, saved));
  }

  /**
   * {@return a training run on another text that starts from the parameters of a model} Optimizer,
   * steps and randomness start over.
   *
   * @param model a checkpoint or a model alone
   * @param corpus the text to train on
   * @param config as for {@link #trainer}; the architecture must be that of {@code model}, see
   *     {@link TrainingConfig.Builder#model(org.charrnn.text.config.ModelConfig)}
   * @param newSymbols how to treat symbols of the text that the model does not know
   * @throws CharRnnException if the model cannot be used, has another architecture, or does not
   *     know a symbol that must not be added
   */
  public Trainer fineTune(Path model, Corpus corpus, TrainingConfig config, NewSymbols newSymbols) {
    SavedModel saved = Checkpoint.readModel(model);
    return open(TrainingSetup.fineTuned(corpus, config, model, saved, newSymbols));
  }

  private Trainer open(TrainingSetup setup) {
    try {
      return inNewSession(
          session -> new Trainer(setup.open(session, workers.orElse(this::localWorkers))));
    } catch (RuntimeException | OutOfMemoryError e) {
      setup.close();
      throw e;
    }
  }

  /** One thread for each worker, at most as many as are allowed; they share further ones. */
  private RoundRunner localWorkers(WorkerSetup setup, TextParts parts, PartText text) {
    int count = Math.min(setup.config().rounds().workers(), options.threads());
    CharRnn each = withOptions(options.withThreads(Math.max(1, options.threads() / count)));
    return new LocalWorkers(each, count, setup, parts, text);
  }

  /**
   * A worker of a training in {@linkplain org.charrnn.text.config.RoundConfig rounds}, with a
   * session of its own. For charrnn-spark.
   *
   * @param setup the settings of the worker, the same ones for all rounds
   * @return the worker, which the caller closes
   */
  @SuppressWarnings("exports")
  public RoundWorker worker(WorkerSetup setup) {
    return inNewSession(session -> RoundWorker.of(session, setup));
  }

  /**
   * {@return a configuration with the defaults of its optimizer written out, as checkpoints contain
   * it}
   *
   * @param config the configuration
   * @throws CharRnnException if a hyperparameter is impossible
   */
  public static TrainingConfig withOptimizerDefaults(TrainingConfig config) {
    return StepPrograms.withDefaults(config);
  }

  // ---- generation and evaluation

  /**
   * {@return a saved model, for generation and evaluation}
   *
   * @param checkpoint a checkpoint or a model alone
   * @throws CharRnnException if the checkpoint cannot be used
   */
  public LanguageModel load(Path checkpoint) {
    SavedModel saved = Checkpoint.readModel(checkpoint);
    ModelFactory.requireFit(checkpoint, saved);
    return open(saved);
  }

  private LanguageModel open(SavedModel saved) {
    Network network = ModelFactory.network(saved.config().model(), saved.vocabulary().size());
    return inNewSession(session -> LanguageModel.of(session, network, saved));
  }

  // ---- sessions

  private <T> T inNewSession(Function<OpenSession, T> use) {
    OpenSession session = OpenSession.of(this::open);
    try {
      return use.apply(session);
    } catch (RuntimeException | OutOfMemoryError e) {
      session.close();
      throw e;
    }
  }

  private Session open() {
    Accelerator accelerator = accelerator();
    try {
      return accelerator.open(options);
    } catch (IllegalArgumentException e) {
      throw InvalidOptionException.refused("device", e);
    }
  }
}
