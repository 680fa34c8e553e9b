package org.charrnn.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.TensorTooLargeException;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.annotation.Fixed;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.ModelFactory;
import org.charrnn.text.device.OpenSession;
import org.charrnn.text.device.UpdateProgram;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.rounds.RoundRunners;
import org.charrnn.text.settings.Setting;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.snapshot.TrainingState;
import org.charrnn.text.steps.DropoutSeeds;
import org.charrnn.text.steps.GradientRounds;
import org.charrnn.text.steps.OuterRounds;
import org.charrnn.text.steps.StepPrograms;
import org.charrnn.text.steps.StepRunner;
import org.charrnn.text.steps.TrainingText;
import org.charrnn.text.steps.Updater;

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
    TrainingConfig complete = StepPrograms.withDefaults(config);
    return of(TrainingText.of(corpus, complete), new StartingPoint.Initialized());
  }

  /** A run that continues an earlier one. */
  static TrainingSetup resumed(Corpus corpus, TrainingConfig config, Path file, Snapshot snapshot) {
    Setting.requireSame(
        Fixed.Scope.RUN,
        snapshot.model().config(),
        config,
        "as when the checkpoint was written, to resume from it");
    TrainingText text = sameText(file, corpus, StepPrograms.withDefaults(config), snapshot);
    try {
      requireSameText(file, corpus, text, snapshot);
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
    return of(text, new StartingPoint.Resumed(file, snapshot));
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
        TrainingText.of(corpus, StepPrograms.withDefaults(config), vocabulary),
        new StartingPoint.FineTuned(model));
  }

  private static TrainingSetup of(TrainingText text, StartingPoint start) {
    try {
      TrainingConfig config = text.config();
      Optimizer optimizer = Plugins.optimizers().get(config.optimizer().name());
      Network network = ModelFactory.network(config.model(), text.vocabulary().size());
      requireRecurrentWeights(config, network);
      MemoryEstimate.of(network, optimizer).requireFits();
      return new TrainingSetup(
          text, network, optimizer, StepPrograms.step(config, optimizer), start);
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
  Training open(OpenSession session, RoundRunners runners) {
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
        return new OuterRounds(text, model, StepPrograms.stateShapes(config, network), runners);
      }
      return config.rounds().hasWorkers()
          ? new GradientRounds(text, model, new UpdateProgram(model, step, optimizer), runners)
          : new StepRunner(
              config,
              text.windows(),
              StepPrograms.training(model, config),
              DropoutSeeds.ALONE,
              text.stepsPerEpoch());
    } catch (TensorTooLargeException e) {
      throw InvalidOptionException.refused("batchSize", e);
    }
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
      Path file, Corpus corpus, TrainingConfig config, Snapshot snapshot) {
    try {
      return TrainingText.of(asRead(corpus, snapshot), config, snapshot.model().vocabulary());
    } catch (UnknownSymbolException _) {
      throw otherText(file, corpus);
    }
  }

  /** Earlier versions kept byte order marks inside a text, which are symbols of the model then. */
  private static Corpus asRead(Corpus corpus, Snapshot snapshot) {
    return snapshot.model().vocabulary().find(Corpus.BYTE_ORDER_MARK).isPresent()
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
      Path file, Corpus corpus, TrainingText text, Snapshot snapshot) {
    TrainingState training = snapshot.training().orElseThrow();
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
