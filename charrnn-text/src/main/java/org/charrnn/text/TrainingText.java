package org.charrnn.text;

import org.charrnn.api.Plugins;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.RunConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WindowConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Split;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.corpus.Windows;
import org.charrnn.text.problem.InvalidOptionException;
import org.charrnn.text.problem.TextTooShortException;

/**
 * A text as training sees it.
 *
 * @param config the configuration, with {@code begin} filled in
 * @param fingerprint tells the text from others
 * @param tokenizer splits it
 * @param vocabulary all symbols of the text, the held-out part included, so that this can be
 *     measured
 * @param split its ids
 * @param windows the windows of the part to learn from
 */
record TrainingText(
    TrainingConfig config,
    String fingerprint,
    Tokenizer tokenizer,
    Vocabulary vocabulary,
    Split split,
    Windows windows) {

  static TrainingText of(Corpus corpus, TrainingConfig given) {
    Tokenizer tokenizer = Plugins.tokenizers().get(given.model().tokenizer());
    Vocabulary vocabulary =
        Vocabulary.of(corpus.text(), tokenizer, given.model().vocabularyOrder());
    int[] ids = vocabulary.encode(corpus.text(), tokenizer);
    requireLength(corpus, ids.length, given.windows(), given.run());
    Split split = Split.of(ids, given.run().validation());
    requireBatch(split.training().length, given.windows());
    String begin = given.sample().begin().orElseGet(() -> vocabulary.symbol(ids[0]));
    vocabulary.encode(begin, tokenizer); // better now than after hours of training
    return new TrainingText(
        given.toBuilder().begin(begin).build(),
        corpus.fingerprint(),
        tokenizer,
        vocabulary,
        split,
        new Windows(split.training(), given.windows().seqLength(), given.windows().batchSize()));
  }

  private static void requireLength(
      Corpus corpus, int length, WindowConfig windows, RunConfig run) {
    long needed = Split.leastLength(Windows.leastLength(windows.seqLength(), 1), run.validation());
    if (length < needed) {
      throw new TextTooShortException(
          corpus.source(),
          length,
          needed,
          "for one window of seqLength %d, with a validation share of %s. Take a longer text, or lower seqLength."
              .formatted(windows.seqLength(), run.validation()));
    }
  }

  private static void requireBatch(int length, WindowConfig windows) {
    if (length < Windows.leastLength(windows.seqLength(), windows.batchSize())) {
      throw new InvalidOptionException(
          "batchSize",
          windows.batchSize(),
          "at most %d for windows of seqLength %d from %d symbols to learn from"
              .formatted(length / (windows.seqLength() + 2), windows.seqLength(), length));
    }
  }
}
