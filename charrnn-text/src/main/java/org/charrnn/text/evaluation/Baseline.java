package org.charrnn.text.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.Split;
import org.charrnn.text.ngram.NGramModel;
import org.charrnn.text.training.Loss;

/**
 * The losses of n-gram models on a text that is split as for training: a network that does not
 * reach them has learned nothing that counting does not give.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param trainingCharacters the number of symbols that were counted
 * @param heldOutCharacters the number of symbols held out; each but the first is predicted
 * @param vocabularySize V, the number of different symbols of the whole text
 * @param losses one for each order from 1, in that order
 */
public record Baseline(
    long trainingCharacters, long heldOutCharacters, int vocabularySize, List<NGramLoss> losses) {

  /** The order that is usual for comparisons with character models. */
  public static final int USUAL_ORDER = 5;

  /** Copies the list. */
  public Baseline {
    losses = List.copyOf(losses);
  }

  /**
   * Counts the n-grams of the training part and evaluates the models of all orders on the held-out
   * part.
   *
   * @param tokenizer the name of the tokenizer
   * @param validation the share that is held out, in {@code (0, 1)}
   * @param test the share at the very end that is set aside before that and not used, in {@code [0,
   *     1)}
   * @param order the highest n, from 1 to 10
   * @param corpus the text
   * @return the models and their losses
   * @throws InvalidOptionException if the order or the share is impossible
   * @throws TextTooShortException if fewer than two symbols would be held out
   * @throws CorpusException if its n-grams do not fit into the memory that is available to Java
   */
  public static Baseline of(
      Corpus corpus, String tokenizer, double validation, double test, int order) {
    requireOrder(order);
    if (!(validation > 0 && validation < 1)) { // written so that NaN fails
      throw new InvalidOptionException("validation", validation, "greater than 0 and less than 1");
    }
    if (!(test >= 0 && test < 1)) {
      throw new InvalidOptionException("test", test, "in [0.0, 1.0)");
    }
    Tokenizer splitter = Plugins.tokenizers().get(tokenizer);
    try (EncodedText text = EncodedText.of(corpus, splitter, Vocabulary.Order.CODE_POINT)) {
      Ids ids = Split.of(text.ids(), test).training();
      if (ids.length() < Split.minLength(1, validation)) {
        throw new TextTooShortException(
            corpus.source(),
            ids.length(),
            Split.minLength(1, validation),
            String.format(
                Locale.ROOT, "to hold out two with a validation share of %s", validation));
      }
      Split split = Split.of(ids, validation);
      int size = text.vocabulary().size();
      return of(
          split.training().length(),
          split.heldOut().length(),
          size,
          NGramModel.losses(corpus.source(), split, size, order));
    }
  }

  /**
   * {@return the result for these losses}
   *
   * @param losses one for each order from 1, in that order
   * @param trainingCharacters the number of training characters
   * @param heldOutCharacters the number of held-out characters
   * @param vocabularySize V, the size of the vocabulary
   */
  public static Baseline of(
      long trainingCharacters, long heldOutCharacters, int vocabularySize, List<Loss> losses) {
    List<NGramLoss> byOrder = new ArrayList<>();
    for (Loss loss : losses) {
      byOrder.add(new NGramLoss(byOrder.size() + 1, loss));
    }
    return new Baseline(trainingCharacters, heldOutCharacters, vocabularySize, byOrder);
  }

  private static void requireOrder(int order) {
    if (order < 1 || order > NGramModel.MAX_ORDER) {
      throw new InvalidOptionException(
          "order", order, "at least 1 and at most " + NGramModel.MAX_ORDER);
    }
  }

  /**
   * The loss of an n-gram model on a text.
   *
   * <p><b>Thread safety.</b> Immutable.
   *
   * @param order n: the model predicts each symbol from the n - 1 symbols before it
   * @param loss in the same units as the loss of a network
   */
  public record NGramLoss(int order, Loss loss) {

    /** {@return the usual name of the model: unigram, bigram, trigram, 4-gram, ..} */
    public String name() {
      return switch (order) {
        case 1 -> "unigram";
        case 2 -> "bigram";
        case 3 -> "trigram";
        default -> order + "-gram";
      };
    }
  }
}
