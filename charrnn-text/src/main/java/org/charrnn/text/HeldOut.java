package org.charrnn.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.EvaluationProgram;
import org.charrnn.text.device.ModelFactory;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.ngram.NGramModel;
import org.charrnn.text.steps.TrainingText;
import org.charrnn.text.training.Loss;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the text that a training does not learn from, and measurements on them. None changes
 * the course of training.
 */
final class HeldOut {

  /** How much the model reads before the held-out text when surprisals are computed. */
  private static final int CONTEXT_SYMBOLS = 200;

  /** The symbols of each stream that are read to measure the speed of an evaluation. */
  private static final long BEGINNING_PER_STREAM = 1000;

  private final TrainingText text;
  private final DeviceModel deviceModel;
  private final LanguageModel model;
  private @Nullable EvaluationProgram firstWindow;

  HeldOut(TrainingText text, DeviceModel deviceModel, LanguageModel model) {
    this.text = text;
    this.deviceModel = deviceModel;
    this.model = model;
  }

  /** Whether there is a symbol to predict. */
  boolean isMeasurable() {
    return text.split().heldOut().length() >= 2;
  }

  /** The loss on the held-out text; empty if there is none. */
  Optional<Loss> loss() {
    return isMeasurable() ? Optional.of(model.evaluate(text.split().heldOut())) : Optional.empty();
  }

  /**
   * Measures the beginning of the held-out text, with as many streams as the whole.
   *
   * @return its share of the held-out text; 1 if no text is held out
   */
  double measureBeginning() {
    Ids heldOut = text.split().heldOut();
    if (!isMeasurable()) {
      return 1;
    }
    long length = Math.min(heldOut.length(), EvaluationProgram.MAX_STREAMS * BEGINNING_PER_STREAM);
    model.evaluate(heldOut.slice(0, length));
    return (double) length / heldOut.length();
  }

  /** The loss on the first symbols of the training text, a quick check of the model. */
  Loss lossOfFirstWindow() {
    int seqLength = text.config().windows().seqLength();
    if (firstWindow == null) {
      firstWindow =
          new EvaluationProgram(
              deviceModel, seqLength, 1, Documents.resets(text.config(), text.vocabulary()));
    }
    return firstWindow.measure(text.split().training().slice(0, seqLength + 1L));
  }

  /**
   * The loss on the text that was set aside for the end of training; empty if none was.
   *
   * @param best the model to measure, and its file; empty for the current model
   */
  Optional<Loss> test(Optional<CheckpointKeeper.Saved> best) {
    if (text.test().length() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        best.map(it -> loss(it.model(), it.file())).orElseGet(() -> model.evaluate(text.test())));
  }

  private Loss loss(SavedModel saved, Path file) {
    ModelFactory.requireFit(file, text.config().model(), deviceModel.shapes(), saved.tensors());
    DeviceModel other = deviceModel.another();
    other.write(saved.tensors());
    return new LanguageModel(text.config(), text.vocabulary(), text.tokenizer(), other, false)
        .evaluate(text.test());
  }

  /**
   * The surprisals of the first symbols of the held-out text; see {@link Trainer#surprisals}. For a
   * model that reads backward, of symbols near its end, whose last symbols are the context.
   */
  List<Surprisal> surprisals(int symbols, int expected) {
    Ids heldOut = text.split().heldOut();
    if (text.config().model().direction() == ReadingDirection.BACKWARD) {
      long read = Math.min(CONTEXT_SYMBOLS, heldOut.length() / 2);
      long end = Math.min(read + symbols, heldOut.length());
      return read == 0
          ? List.of()
          : surprisals(heldOut.slice(0, read), heldOut.slice(read, end), expected).reversed();
    }
    Ids training = text.split().training();
    Ids context =
        training.slice(Math.max(0, training.length() - CONTEXT_SYMBOLS), training.length());
    return surprisals(context, heldOut.slice(0, Math.min(symbols, heldOut.length())), expected);
  }

  private List<Surprisal> surprisals(Ids context, Ids of, int expected) {
    return model.surprisals(context.toArray(), of.toArray(), expected);
  }

  /**
   * The losses of n-gram models on the same split; empty if no text is held out.
   *
   * @throws CorpusException if the n-grams do not fit into the memory that Java has left
   */
  Optional<Baseline> baseline(int order) {
    return isMeasurable()
        ? Optional.of(
            Baseline.of(
                text.split().training().length(),
                text.split().heldOut().length(),
                text.vocabulary().size(),
                NGramModel.losses(
                    "The training text", text.split(), text.vocabulary().size(), order)))
        : Optional.empty();
  }
}
