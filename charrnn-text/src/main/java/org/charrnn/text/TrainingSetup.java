package org.charrnn.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Session;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Shape;
import org.charrnn.graph.TensorTooLargeException;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.checkpoint.TrainingState;
import org.charrnn.text.config.Fixed;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.OptimizerConfig;
import org.charrnn.text.config.Setting;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WindowConfig;
import org.charrnn.text.corpus.ByteOrderMarks;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.TrainingProgram;
import org.charrnn.text.device.UpdateProgram;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.rounds.RoundRunners;

/**
 * A training that is completely checked, and for which nothing is allocated yet.
 *
 * @param text the text, cut into windows, and the effective configuration
 * @param network the network to train
 * @param optimizer the optimizer
 * @param step the sizes and numbers of a step
 * @param start the values to start from
 */
record TrainingSetup(
    TrainingText text, Network network, Optimizer optimizer, StepSpec step, StartingPoint start)
    implements AutoCloseable {

  /** A new run. */
  static TrainingSetup fresh(Corpus corpus, TrainingConfig config) {
    TrainingConfig complete = withDefaults(config);
    return of(TrainingText.of(corpus, complete), new StartingPoint.Initialized());
  }

  /** A run that continues an earlier one. */
  static TrainingSetup resumed(
      Corpus corpus, TrainingConfig config, Path file, Checkpoint checkpoint) {
    Setting.requireSame(
        Fixed.Scope.RUN,
        checkpoint.model().config(),
        config,
        "as when the checkpoint was written, to resume from it");
    TrainingText text = sameText(file, corpus, withDefaults(config), checkpoint);
    try {
      requireSameText(file, corpus, text, checkpoint);
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
    return of(text, new StartingPoint.Resumed(file, checkpoint));
  }

  /** A new run that starts from the parameters of a model that was trained on another text. */
  static TrainingSetup fineTuned(
      Corpus corpus, TrainingConfig config, Path file, SavedModel model, NewSymbols newSymbols) {
    Setting.requireSame(
        Fixed.Scope.PARAMETERS,
        model.config(),
        config,
        "as in the model that training starts from");
    ModelFactory.requireFit(file, model);
    Vocabulary vocabulary = extended(corpus, config.model(), file, model, newSymbols);
    return of(
        TrainingText.of(corpus, withDefaults(config), vocabulary),
        new StartingPoint.FineTuned(model));
  }

  private static TrainingSetup of(TrainingText text, StartingPoint start) {
    try {
      TrainingConfig config = text.config();
      Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
      Network network = ModelFactory.network(config.model(), text.vocabulary().size());
      requireRecurrentWeights(config, network);
      MemoryEstimate.of(network, optimizer).requireFits();
      return new TrainingSetup(text, network, optimizer, step(config, optimizer), start);
    } catch (RuntimeException | OutOfMemoryError e) {
      text.close();
      throw e;
    }
  }

  /**
   * Allocates and fills the memory of the training; if that fails, the session is left open.
   *
   * @param runners run the workers, if the configuration has any
   */
  Training open(Session session, RoundRunners runners) {
    DeviceModel model = new DeviceModel(session, network);
    TrainingConfig config = text.config();
    Updater updater = updater(model, runners);
    try {
      Progress progress = start.fill(config, model, updater);
      return new Training(text, model, updater, progress, start.runId(text));
    } catch (RuntimeException | OutOfMemoryError e) {
      updater.close();
      throw e;
    }
  }

  private Updater updater(DeviceModel model, RoundRunners runners) {
    TrainingConfig config = text.config();
    try {
      if (config.rounds().hasOuterStep()) {
        return new OuterRounds(text, model, stateShapes(config, network), runners);
      }
      return config.rounds().hasWorkers()
          ? new GradientRounds(text, model, new UpdateProgram(model, step, optimizer), runners)
          : new StepRunner(
              config,
              text.windows(),
              trainingProgram(model, config),
              DropoutSeeds.ALONE,
              text.stepsPerEpoch());
    } catch (TensorTooLargeException e) {
      throw InvalidOptionException.refused("batchSize", e);
    }
  }

  /** The programs of the steps of a configuration. */
  static TrainingProgram trainingProgram(DeviceModel model, TrainingConfig config) {
    Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
    return new TrainingProgram(
        model, step(config, optimizer), optimizer, config.optimizer().accumulate());
  }

  /** The shapes of the tensors that one who runs these programs saves. */
  private static Map<String, Shape> stateShapes(TrainingConfig config, Network network) {
    Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
    return TrainingProgram.stateShapes(network, step(config, optimizer), optimizer);
  }

  @Override
  public void close() {
    text.close();
  }

  private static void requireRecurrentWeights(TrainingConfig config, Network network) {
    double share = config.optimizer().recurrentDropout();
    if (share > 0 && network.recurrentWeights().isEmpty()) {
      throw new InvalidOptionException(
          "recurrentDropout",
          share,
          "0 with cell " + config.model().cell() + ", which has no recurrent weights");
    }
  }

  // ---- the numbers of the optimizer

  /** The configuration with the defaults of the optimizer, so that a checkpoint contains them. */
  static TrainingConfig withDefaults(TrainingConfig config) {
    OptimizerConfig how = config.optimizer();
    Optimizer optimizer = Plugins.optimizers().get(how.name());
    return config.toBuilder()
        .optimizer(it -> {
          it.learningRate(how.learningRate().orElseGet(optimizer::defaultLearningRate));
          hyperparameters(how, optimizer).values().forEach(it::hyperparameter);
        })
        .build();
  }

  private static Hyperparameters hyperparameters(OptimizerConfig config, Optimizer optimizer) {
    try {
      return Hyperparameters.resolve(
          optimizer.name(), optimizer.hyperparameters(), config.hyperparameters());
    } catch (IllegalArgumentException e) {
      throw InvalidOptionException.refused("hyperparameter", e);
    }
  }

  /** How a step of a configuration computes. */
  static StepSpec step(TrainingConfig config, Optimizer optimizer) {
    OptimizerConfig how = config.optimizer();
    WindowConfig windows = config.windows();
    try {
      return StepSpec.builder(windows.seqLength(), windows.batchSize())
          .carryState(windows.carryState())
          .resets(config.documents().resetAtDocuments() ? StateResets.MASKED : StateResets.NONE)
          .meanLoss(how.meanLoss())
          .clipNorm(how.clipNorm().orElse(Double.POSITIVE_INFINITY))
          .clipValue(how.clipValue().orElse(Double.POSITIVE_INFINITY))
          .dropout(how.dropout())
          .dropoutKind(how.dropoutKind())
          .recurrentDropout(how.recurrentDropout())
          .gradientSum(how.gradientSum())
          .optimizer(hyperparameters(how, optimizer))
          .build();
    } catch (IllegalArgumentException e) {
      throw InvalidOptionException.refused("hyperparameter", e);
    }
  }

  // ---- fine-tuning

  private static Vocabulary extended(
      Corpus corpus, ModelConfig config, Path file, SavedModel model, NewSymbols newSymbols) {
    Tokenizer tokenizer = Plugins.tokenizers().get(config.tokenizer());
    try (EncodedText text = EncodedText.of(corpus, tokenizer, config.vocabularyOrder())) {
      Vocabulary extended = model.vocabulary().extendedBy(text.vocabulary());
      List<String> added = model.vocabulary().describeAdded(extended);
      if (newSymbols == NewSymbols.REFUSE && !added.isEmpty()) {
        throw new CorpusException(
            corpus.source(),
            String.format(
                Locale.ROOT,
                "the model in %s does not know %s of its symbols: %s. Add them to its vocabulary"
                    + " with newSymbols extend, or remove them from the text.",
                file,
                Integer.toString(added.size()),
                Vocabulary.listed(added)),
            null);
      }
      return extended;
    }
  }

  // ---- resuming

  /** The vocabulary of the checkpoint may be larger than that of the text. */
  private static TrainingText sameText(
      Path file, Corpus corpus, TrainingConfig config, Checkpoint checkpoint) {
    try {
      return TrainingText.of(asRead(corpus, checkpoint), config, checkpoint.model().vocabulary());
    } catch (UnknownSymbolException _) {
      throw otherText(file, corpus);
    }
  }

  /** Earlier versions kept byte order marks inside a text, which are symbols of the model then. */
  private static Corpus asRead(Corpus corpus, Checkpoint checkpoint) {
    return checkpoint.model().vocabulary().find(ByteOrderMarks.MARK).isPresent()
        ? corpus.asEarlierVersionsRead()
        : corpus;
  }

  private static CheckpointException otherText(Path file, Corpus corpus) {
    return new CheckpointException(
        file,
        String.format(
            Locale.ROOT,
            "was written while training on another text than %s. Resume with that text, unchanged"
                + " and with the same line endings, or start a new run with this one.",
            corpus.source()));
  }

  private static void requireSameText(
      Path file, Corpus corpus, TrainingText text, Checkpoint checkpoint) {
    TrainingState training = checkpoint.training().orElseThrow();
    if (!text.fingerprint().equals(training.corpusFingerprint())) {
      throw otherText(file, corpus);
    }
    Progress progress = training.progress();
    int perStep = text.config().windowsPerStep();
    long steps = (long) progress.epoch() * text.stepsPerEpoch() + progress.window() / perStep;
    boolean fits =
        progress.window() < text.windows().count()
            && progress.window() % perStep == 0
            && progress.step() == steps;
    if (!fits) {
      throw new CheckpointException(
          file, String.format(Locale.ROOT, "is damaged: %s does not fit the text", progress));
    }
  }
}
