package org.charrnn.text;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Accelerators;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.NoSuchPluginException;
import org.charrnn.api.Session;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;

/**
 * Trains character language models and loads them, on an accelerator of the user's choice.
 *
 * <pre>{@code
 * CharRnn charRnn = CharRnn.create();
 * Corpus corpus = Corpus.read(Path.of("essays.txt"));
 * TrainingConfig config = TrainingConfig.builder().model(it -> it.hiddenSize(128)).run(it -> it.epochs(5)).sample(it -> it.prompt("选")).build();
 * try (Trainer trainer = charRnn.trainer(corpus, config)) {
 *   trainer.run(Path.of("essays.ckpt"), TrainingListener.silent());
 * }
 * try (LanguageModel model = charRnn.load(Path.of("essays.ckpt"))) {
 *   System.out.println(model.generate(GenerationRequest.sampled("选", 100, 0.8, 42)));
 *   System.out.println(model.evaluate(Corpus.read(Path.of("others.txt"))).perplexity());
 * }
 * }</pre>
 *
 * <p>All methods throw {@link CharRnnException}s for what a user can mend, and {@link
 * NoSuchPluginException} for a cell, an optimizer, a tokenizer or an accelerator that is not there.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class CharRnn {

  private final Optional<String> name;
  private final Optional<Accelerator> given;
  private final AcceleratorOptions options;

  private CharRnn(Optional<String> name, Optional<Accelerator> given, AcceleratorOptions options) {
    this.name = name;
    this.given = given;
    this.options = options;
  }

  /**
   * On the accelerator that {@link Accelerators#choose} finds if it is told nothing, with its
   * defaults.
   */
  public static CharRnn create() {
    return new CharRnn(Optional.empty(), Optional.empty(), AcceleratorOptions.defaults());
  }

  /** On the accelerator of that name. */
  public CharRnn withAccelerator(String acceleratorName) {
    return new CharRnn(Optional.of(acceleratorName), Optional.empty(), options);
  }

  /** On this accelerator. */
  public CharRnn withAccelerator(Accelerator accelerator) {
    return new CharRnn(Optional.empty(), Optional.of(accelerator), options);
  }

  /** With these threads and this device. */
  public CharRnn withOptions(AcceleratorOptions acceleratorOptions) {
    return new CharRnn(name, given, acceleratorOptions);
  }

  /** The accelerator that is going to be used. */
  public Accelerator accelerator() {
    return given.orElseGet(() -> Accelerators.choose(name));
  }

  /**
   * A training run from the beginning.
   *
   * @throws CharRnnException if the text is too short for the configuration, or an option is
   *     impossible
   */
  public Trainer trainer(Corpus corpus, TrainingConfig config) {
    return Trainer.begin(this::open, corpus, config);
  }

  /**
   * Goes on with a training run as if it had never stopped.
   *
   * @param corpus the text that it was trained on
   * @throws CharRnnException if the checkpoint cannot be used, or is of another text
   */
  public Trainer resume(Path checkpoint, Corpus corpus) {
    return resume(checkpoint, corpus, UnaryOperator.identity());
  }

  /**
   * Goes on with a training run, for longer, or with another learning rate.
   *
   * @param corpus the text that it was trained on
   * @param changes what is to be different from the configuration in the checkpoint; the model, the
   *     windows, the held-out share and the name of the optimizer cannot be
   * @throws CharRnnException if the checkpoint cannot be used, or is of another text, or a change
   *     is impossible
   */
  public Trainer resume(
      Path checkpoint, Corpus corpus, UnaryOperator<TrainingConfig.Builder> changes) {
    Checkpoint saved = Checkpoint.readResumable(checkpoint);
    TrainingConfig config = changes.apply(saved.model().config().toBuilder()).build();
    return Trainer.resume(this::open, corpus, config, checkpoint, saved);
  }

  /**
   * A training run on another text that begins with what a model has learnt. Optimizer, steps and
   * randomness begin anew.
   *
   * @param model a checkpoint or a model alone
   * @param corpus the text to learn from
   * @param config as for {@link #trainer}; what the model is made of has to be as in {@code model},
   *     which {@link TrainingConfig.Builder#model(org.charrnn.text.config.ModelConfig)} sees to
   * @param newSymbols what happens to symbols of the text that the model does not know
   * @throws CharRnnException if the model cannot be used, is made of something else, or does not
   *     know a symbol that it is not to get to know
   */
  public Trainer fineTune(Path model, Corpus corpus, TrainingConfig config, NewSymbols newSymbols) {
    SavedModel saved = Checkpoint.readModel(model);
    return Trainer.fineTune(this::open, corpus, config, new FineTuning(model, saved, newSymbols));
  }

  /**
   * A model that was saved, for generating and evaluating.
   *
   * @throws CharRnnException if the checkpoint cannot be used
   */
  public LanguageModel load(Path checkpoint) {
    SavedModel saved = Checkpoint.readModel(checkpoint);
    return LanguageModel.load(this::open, checkpoint, saved);
  }

  private Session open() {
    Accelerator accelerator = accelerator();
    try {
      return accelerator.open(options);
    } catch (NoSuchPluginException e) { // of one that looks for another when it is opened
      throw e;
    } catch (IllegalArgumentException e) {
      throw InvalidOptionException.refused("device", e);
    }
  }
}
