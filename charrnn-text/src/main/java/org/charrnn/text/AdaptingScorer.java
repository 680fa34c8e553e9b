package org.charrnn.text;

import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.device.AdaptingProgram;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.IdWindow;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.reading.ScoringTask;
import org.charrnn.text.reading.TextScorer;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.charrnn.text.training.Loss;

/**
 * Scores texts with a copy of a model that learns while it reads: each window of {@value
 * AdaptingProgram#WINDOW} symbols is predicted, then learned from. It keeps what it has learned for
 * the texts that follow; the model itself does not change. Each symbol is predicted before it is
 * learned, so that the probabilities are those of text that is new to the scorer.
 *
 * <p>If the thread is interrupted, its methods throw a {@link CancellationException} before the
 * next window; the thread stays interrupted.
 *
 * <p>Source: Krause, Kahembwe, Murray, Renals, "Dynamic Evaluation of Neural Sequence Models", ICML
 * 2018.
 *
 * <p><b>Thread safety.</b> One thread at a time, since the order of the texts matters: a call while
 * another thread reads a text throws an {@link IllegalStateException}.
 */
public final class AdaptingScorer implements AutoCloseable {

  private static final int STEPS = AdaptingProgram.WINDOW;

  private final AdaptingProgram program;
  private final TextScorer scorer;
  private final Documents documents;
  private final EvaluatedText evaluated;
  private final int[] ids = new int[STEPS];
  private final int[] targets = new int[STEPS];
  private final float[] stateMask = new float[STEPS];
  private final float[] losses = new float[STEPS];
  private boolean closed;

  /** Opens a text, checks that it can be evaluated, and measures it. */
  interface EvaluatedText {
    Loss measure(Corpus text, Function<Ids, Loss> measure);
  }

  /** Receives the loss of the symbol after the one at {@code index}. */
  private interface LossReceiver {
    void accept(long index, float loss);
  }

  /** Scores with a program, which it closes. */
  AdaptingScorer(
      AdaptingProgram program, TextScorer scorer, Documents documents, EvaluatedText evaluated) {
    this.program = program;
    this.scorer = scorer;
    this.documents = documents;
    this.evaluated = evaluated;
  }

  /**
   * {@return the probability of a text after the standard context, symbol by symbol}
   *
   * @param text the text
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws ModelDivergedException if a loss is not finite, for example because the learning rate
   *     is too high
   */
  public TextScore score(String text) {
    return score(text, ScoringOptions.standard());
  }

  /**
   * {@return the probability of a text, as {@link #score(String)}} The context is read, but not
   * learned.
   *
   * @param text the text
   * @param options the context and the price of unknown symbols
   * @throws IllegalArgumentException if the context is a {@link ScoringOptions.Context.After state}
   */
  public TextScore score(String text, ScoringOptions options) {
    if (options.context().filter(ScoringOptions.Context.After.class::isInstance).isPresent()) {
      throw new IllegalArgumentException(
          "a state belongs to the weights that computed it, which an adapting scorer changes");
    }
    ScoringTask task = scorer.task(text, options);
    float[] results = task.losses();
    read(Ids.of(task.ids()), task.firstPredicting(), (index, loss) -> results[(int) index] = loss);
    return task.score();
  }

  /**
   * {@return the loss on a text as {@link LanguageModel#evaluate} computes it, but learning while
   * reading, and from beginning to end in a single stream}
   *
   * @param text the text to predict
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws TextTooShortException if there is a single symbol
   * @throws ModelDivergedException if a loss is not finite, for example because the learning rate
   *     is too high
   */
  public Loss evaluate(Corpus text) {
    return evaluated.measure(text, this::evaluate);
  }

  private Loss evaluate(Ids text) {
    double[] sum = {0};
    read(text, 0, (_, loss) -> sum[0] += loss);
    return new Loss(text.length() - 1, sum[0] / (text.length() - 1));
  }

  private void read(Ids text, long firstPredicting, LossReceiver results) {
    if (closed) {
      throw new IllegalStateException("this scorer is closed");
    }
    try (var _ = program.use()) {
      IdWindow window = new IdWindow(text, 1, STEPS + 1, documents);
      program.beginText();
      for (long from = 0; from < text.length() - 1; from += STEPS) {
        fill(window, text.length(), from, firstPredicting);
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("the thread was interrupted");
        }
        program.read(ids, targets, stateMask, losses);
        for (int t = 0; t < STEPS; t++) {
          if (!Float.isFinite(losses[t])) {
            throw new ModelDivergedException("loss of symbol " + (from + t + 1), losses[t]);
          }
          if (targets[t] >= 0) {
            results.accept(from + t, losses[t]);
          }
        }
      }
    }
  }

  private void fill(IdWindow window, long length, long from, long firstPredicting) {
    int available = (int) Math.min(STEPS + 1L, length - from);
    window.read(from, available);
    for (int t = 0; t < STEPS; t++) {
      ids[t] = t < available ? window.id(t) : 0;
      stateMask[t] = t < available && window.documentBegins(t) ? 0 : 1;
      boolean predicts = t + 1 < available && from + t >= firstPredicting;
      targets[t] = predicts ? window.id(t + 1) : -1;
    }
  }

  /** Frees the memory. Closing twice does nothing. */
  @Override
  public void close() {
    closed = true;
    program.close();
  }
}
