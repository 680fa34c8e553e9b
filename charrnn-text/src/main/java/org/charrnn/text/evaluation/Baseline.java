package org.charrnn.text.evaluation;

import java.util.List;
import org.charrnn.api.Plugins;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.Split;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.VocabularyOrder;

/**
 * What counting achieves on a text that is split as for training.
 *
 * @param trainingCharacters how many symbols were counted
 * @param heldOutCharacters how many are held out; each but the first is foretold
 * @param vocabularySize V, the different symbols of the whole text
 * @param losses one for each order from 1, in that order
 */
public record Baseline(
    long trainingCharacters, long heldOutCharacters, int vocabularySize, List<NGramLoss> losses) {

  /** The order that people compare character models with. */
  public static final int USUAL_ORDER = 5;

  /** While its tables grow, the old and the new ones are there together. */
  private static final long BYTES_PER_NGRAM = 90;

  /** Copies the list. */
  public Baseline {
    losses = List.copyOf(losses);
  }

  /**
   * Counts the n-grams of the part to learn from and measures the models of all orders on the part
   * that is held out.
   *
   * @param tokenizer the name of the tokenizer
   * @param validation the share that is held out, in {@code (0, 1)}
   * @param test the share at the very end that is set aside before that and not looked at, in
   *     {@code [0, 1)}
   * @param order the highest n, from 1 to {@value NGramModel#MAX_ORDER}
   * @throws InvalidOptionException if the order or the share is impossible
   * @throws TextTooShortException if fewer than two symbols would be held out
   * @throws CorpusException if its n-grams do not fit into the memory that Java has left
   */
  public static Baseline of(
      Corpus corpus, String tokenizer, double validation, double test, int order) {
    requireOrder(order);
    if (!(validation > 0 && validation < 1)) { // written so that NaN fails
      throw new InvalidOptionException(
          "validation", validation, "greater than 0 and less than 1: what is held out is foretold");
    }
    if (!(test >= 0 && test < 1)) {
      throw new InvalidOptionException("test", test, "in [0.0, 1.0)");
    }
    Tokenizer splitter = Plugins.tokenizers().get(tokenizer);
    try (EncodedText text = EncodedText.of(corpus, splitter, VocabularyOrder.CODE_POINT)) {
      Ids ids = Split.of(text.ids(), test).training();
      if (ids.length() < Split.leastLength(1, validation)) {
        throw new TextTooShortException(
            corpus.source(),
            ids.length(),
            Split.leastLength(1, validation),
            "to hold out two with a validation share of %s".formatted(validation));
      }
      return of(corpus.source(), Split.of(ids, validation), text.vocabulary().size(), order);
    }
  }

  /**
   * The same for ids that are split already.
   *
   * @param source what the text is called in messages
   * @param split at least two ids held out
   * @throws InvalidOptionException if the order is impossible
   * @throws CorpusException if the n-grams do not fit into the memory that Java has left
   */
  public static Baseline of(String source, Split split, int vocabularySize, int order) {
    requireOrder(order);
    int most = (int) Math.min(Integer.MAX_VALUE, freeBytes() / BYTES_PER_NGRAM);
    NGramModel model =
        NGramModel.trainWithin(most, split.training(), order, vocabularySize)
            .orElseThrow(() -> tooLarge(source, most, order));
    return new Baseline(
        split.training().length(),
        split.heldOut().length(),
        vocabularySize,
        model.losses(split.heldOut()));
  }

  private static void requireOrder(int order) {
    if (order < 1 || order > NGramModel.MAX_ORDER) {
      throw new InvalidOptionException(
          "order", order, "at least 1 and at most " + NGramModel.MAX_ORDER);
    }
  }

  private static CorpusException tooLarge(String source, int most, int order) {
    return new CorpusException(
        source,
        "its n-grams of order %d do not fit into memory: Java has room for %d different ones. Take a lower order,"
                .formatted(order, most)
            + " give Java more with -Xmx, or count a part of the text.",
        null);
  }

  /** What Java may still take, as far as it can tell. */
  private static long freeBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }
}
