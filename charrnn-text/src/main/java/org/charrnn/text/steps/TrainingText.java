package org.charrnn.text.steps;

import java.util.Locale;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.RunConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.WindowConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.encoding.Encoder;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.Split;
import org.charrnn.text.encoding.Windows;
import org.charrnn.text.rounds.RoundRunner;
import org.charrnn.text.rounds.RoundRunners;
import org.charrnn.text.rounds.TextParts;
import org.charrnn.text.rounds.WorkerSetup;
import org.charrnn.text.unicode.VisibleText;

/**
 * A text as training reads it.
 *
 * @param config the configuration, with the prompt of the samples and the epochs of its steps
 * @param encoded the text as ids, and its vocabulary: all symbols of the text, the held-out part
 *     included, so that this can be measured
 * @param tokenizer the tokenizer of the text
 * @param split its ids, except those of the test, each part in reading order
 * @param test the ids at its end that are measured once, when training has ended; may be empty
 * @param windows the windows of the training part; if it is divided among workers, those of the
 *     first one, which has as many as each of them
 */
public record TrainingText(
    TrainingConfig config,
    EncodedText encoded,
    Tokenizer tokenizer,
    Split split,
    Ids test,
    Windows windows)
    implements AutoCloseable {

  /** How many symbols are searched for a visible one. */
  private static final int SEARCHED = 1 << 12;

  /** A text with a vocabulary of its own symbols. */
  public static TrainingText of(Corpus corpus, TrainingConfig given) {
    Tokenizer tokenizer = Plugins.tokenizers().get(given.model().tokenizer());
    EncodedText encoded = EncodedText.of(corpus, tokenizer, given.model().vocabularyOrder());
    TrainingText text = closingOnFailure(corpus, given, tokenizer, encoded);
    try {
      Documents.requireSeparated(given.documents(), encoded.vocabulary(), encoded.ids());
      return text;
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
  }

  /**
   * A text with a given vocabulary.
   *
   * @throws UnknownSymbolException if the text has a symbol that the vocabulary lacks
   */
  public static TrainingText of(Corpus corpus, TrainingConfig given, Vocabulary vocabulary) {
    Tokenizer tokenizer = Plugins.tokenizers().get(given.model().tokenizer());
    return closingOnFailure(
        corpus, given, tokenizer, EncodedText.of(corpus, tokenizer, vocabulary));
  }

  private static TrainingText closingOnFailure(
      Corpus corpus, TrainingConfig given, Tokenizer tokenizer, EncodedText encoded) {
    try {
      return of(corpus, given, tokenizer, encoded);
    } catch (RuntimeException | OutOfMemoryError e) {
      encoded.close();
      throw e;
    }
  }

  private static TrainingText of(
      Corpus corpus, TrainingConfig given, Tokenizer tokenizer, EncodedText encoded) {
    Ids ids = encoded.ids();
    requireLength(corpus, ids.length(), given.windows(), given.run());
    ReadingDirection direction = given.model().direction();
    Split set = Split.of(ids, given.run().test());
    Split split = Split.of(set.training(), given.run().validation()).inReadingOrder(direction);
    requireBatch(split.training().length(), given);
    Vocabulary vocabulary = encoded.vocabulary();
    String prompt =
        given
            .sample()
            .prompt()
            .or(given.documents()::documentBegin)
            .orElseGet(() -> firstVisible(ids.inReadingOrder(direction), vocabulary));
    Documents.requireKnown(given.documents(), vocabulary);
    new Encoder(vocabulary, tokenizer)
        .encode(prompt); // fails now rather than after hours of training
    Windows windows =
        new Windows(
            split.training().slice(0, TextParts.of(ids.length(), given).part(0).length()),
            given.windows().seqLength(),
            given.windows().batchSize(),
            Documents.resets(given, vocabulary));
    return new TrainingText(
        given.toBuilder()
            .sample(it -> it.prompt(prompt))
            .run(it -> it.epochs(epochs(given, windows)))
            .build(),
        encoded,
        tokenizer,
        split,
        set.heldOut().inReadingOrder(direction),
        windows);
  }

  /** The number of epochs, the last of which may be incomplete if the steps are given. */
  private static int epochs(TrainingConfig given, Windows windows) {
    int stepsPerEpoch = stepsPerEpoch(given, windows);
    return given.run().steps().isPresent()
        ? Math.toIntExact(
            Math.min(
                Integer.MAX_VALUE, Math.ceilDiv(given.run().steps().getAsLong(), stepsPerEpoch)))
        : given.run().epochs();
  }

  private static int stepsPerEpoch(TrainingConfig config, Windows windows) {
    return Math.ceilDiv(windows.count(), config.windowsPerStep());
  }

  /**
   * The first symbol of the first ones to be read that a reader can see; the first of all if there
   * is none.
   */
  private static String firstVisible(Ids ids, Vocabulary vocabulary) {
    int[] beginning = ids.slice(0, Math.min(ids.length(), SEARCHED)).toArray();
    for (int id : beginning) {
      if (vocabulary.symbol(id).codePoints().allMatch(VisibleText::isVisible)) {
        return vocabulary.symbol(id);
      }
    }
    return vocabulary.symbol(beginning[0]);
  }

  /** The steps of an epoch; the last one may have fewer windows than the others. */
  public int stepsPerEpoch() {
    return stepsPerEpoch(config, windows);
  }

  /** The lengths of the rounds; each step is one if there are no rounds. */
  public RoundLengths roundLengths() {
    return new RoundLengths(Math.max(1, config.rounds().outerEvery()), stepsPerEpoch());
  }

  /** Opens the runner of the workers that read this text. */
  public RoundRunner open(RoundRunners runners) {
    return runners.open(
        new WorkerSetup(config, vocabulary()),
        TextParts.of(encoded.ids().length(), config),
        new SharedText(encoded.ids(), encoded.index()));
  }

  public Vocabulary vocabulary() {
    return encoded.vocabulary();
  }

  /** The fingerprint of the text. */
  public String fingerprint() {
    return encoded.fingerprint();
  }

  /** Closes the file that the text is read from, if there is one. */
  @Override
  public void close() {
    encoded.close();
  }

  private static void requireLength(
      Corpus corpus, long length, WindowConfig windows, RunConfig run) {
    long window = Windows.minLength(windows.seqLength(), 1);
    long needed = Split.minLength(Split.minLength(window, run.validation()), run.test());
    if (length < needed) {
      throw new TextTooShortException(
          corpus.source(),
          length,
          needed,
          String.format(
              Locale.ROOT,
              "for one window of seqLength %d, with a validation share of %s. Take a longer text,"
                  + " or lower seqLength.",
              windows.seqLength(),
              run.validation()));
    }
  }

  private static void requireBatch(long length, TrainingConfig config) {
    WindowConfig windows = config.windows();
    int parts = config.rounds().parts();
    if (length / parts < Windows.minLength(windows.seqLength(), windows.batchSize())) {
      throw new InvalidOptionException(
          "batchSize",
          windows.batchSize(),
          String.format(
              Locale.ROOT,
              "at most %d for windows of seqLength %d from %d symbols to learn from%s",
              length / parts / (windows.seqLength() + 2),
              windows.seqLength(),
              length,
              parts == 1 ? "" : String.format(Locale.ROOT, ", divided among %d workers", parts)));
    }
    if (length > Windows.maxLength(windows.seqLength(), windows.batchSize())) {
      throw new InvalidOptionException(
          "seqLength",
          windows.seqLength(),
          String.format(
              Locale.ROOT,
              "greater, or batchSize greater than %d: %d symbols have more windows of this size"
                  + " than can be counted",
              windows.batchSize(),
              length));
    }
  }
}
