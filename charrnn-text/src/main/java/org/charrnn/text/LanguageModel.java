package org.charrnn.text;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.charrnn.api.Plugins;
import org.charrnn.api.Session;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Documents;
import org.charrnn.text.corpus.EncodedText;
import org.charrnn.text.corpus.Ids;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.DeviceScorer;
import org.charrnn.text.device.EvaluationProgram;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.generation.UnknownSymbols;
import org.charrnn.text.training.Loss;
import org.jspecify.annotations.Nullable;

/**
 * A trained model: it writes text, and measures how well it predicts a given one. Neither changes
 * it.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class LanguageModel implements AutoCloseable {

  /**
   * The most streams that a text is read in, so that results do not depend on the batch size of the
   * training.
   */
  private static final int MOST_STREAMS = 32;

  private final TrainingConfig config;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final DeviceModel model;
  private final boolean ownsModel;
  private final Documents documents;
  private @Nullable Generation generation;
  private @Nullable EvaluationProgram evaluation;

  LanguageModel(
      TrainingConfig config,
      Vocabulary vocabulary,
      Tokenizer tokenizer,
      DeviceModel model,
      boolean ownsModel) {
    this.config = config;
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    this.model = model;
    this.ownsModel = ownsModel;
    this.documents = config.documents().resets(vocabulary);
  }

  static LanguageModel load(Supplier<Session> sessions, Path file, SavedModel saved) {
    Tokenizer tokenizer = Plugins.tokenizers().get(saved.config().model().tokenizer());
    DeviceModel model =
        ModelFactory.open(sessions, saved.config().model(), saved.vocabulary().size());
    try {
      ModelFactory.requireFit(file, saved.config().model(), model.shapes(), saved.parameters());
      model.write(saved.parameters());
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return new LanguageModel(saved.config(), saved.vocabulary(), tokenizer, model, true);
  }

  /** How it was trained. */
  public TrainingConfig config() {
    return config;
  }

  /** The symbols that it knows. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The number of numbers that were learnt. */
  public long parameterCount() {
    return model.size();
  }

  /**
   * Writes a text.
   *
   * @return the text to begin with, as the model read it, and what follows it
   * @throws UnknownSymbolException if it is to begin with a symbol that the vocabulary lacks, and
   *     the request knows no way
   * @throws TextTooShortException if nothing is left to begin with
   */
  public String generate(GenerationRequest request) {
    return write(request, _ -> {}).text();
  }

  /**
   * Writes a text symbol by symbol, as {@link #write} does.
   *
   * @param symbols receives each symbol, those to begin with not included
   */
  public void generate(GenerationRequest request, Consumer<String> symbols) {
    write(request, symbol -> symbols.accept(symbol.symbol()));
  }

  /**
   * Writes a text symbol by symbol. A symbol is delivered as soon as it is chosen; if it may turn
   * out to be the beginning of the stop string, as soon as it has not; those of a beam search when
   * that is done.
   *
   * @param symbols receives each symbol, those to begin with not included
   * @return all of it
   * @throws UnknownSymbolException if it is to begin with a symbol that the vocabulary lacks, and
   *     the request knows no way
   * @throws TextTooShortException if nothing is left to begin with
   * @throws InvalidOptionException if the stop string has a character that no symbol has
   */
  public GeneratedText write(GenerationRequest request, Consumer<GeneratedSymbol> symbols) {
    return generation().write(request, symbols);
  }

  /**
   * Writes several texts, many at a time. The first is what {@link #write} gives, and each is the
   * same however many are wanted, as far as the accelerator computes a row alike whatever stands
   * beside it.
   *
   * @param count at least 1; 1 if chance has no part in it
   * @param texts receives them in order
   * @throws UnknownSymbolException if they are to begin with a symbol that the vocabulary lacks,
   *     and the request knows no way
   * @throws TextTooShortException if nothing is left to begin with
   * @throws InvalidOptionException if the stop string has a character that no symbol has, or all
   *     texts would be the same
   */
  public void samples(GenerationRequest request, int count, Consumer<GeneratedText> texts) {
    generation().samples(request, count, texts);
  }

  /**
   * What the model reads of a text to begin with.
   *
   * @throws UnknownSymbolException if the vocabulary lacks a symbol, and the policy knows no way
   * @throws TextTooShortException if nothing is left
   */
  public String readable(String begin, UnknownSymbols unknown) {
    return vocabulary.decode(Generation.begin(begin, unknown, vocabulary, tokenizer), tokenizer);
  }

  void generate(
      String begin, int length, Sampler sampler, RandomGenerator random, Consumer<String> symbols) {
    GenerationRequest request = new GenerationRequest(begin, length, sampler, 0);
    generation().write(request, random, symbol -> symbols.accept(symbol.symbol()));
  }

  private Generation generation() {
    if (generation == null) {
      generation =
          new Generation(
              new DeviceScorer(model, vocabulary.size(), documents), vocabulary, tokenizer);
    }
    return generation;
  }

  /**
   * Measures the loss on a text: of each symbol but the first, with the state carried from the
   * beginning, or from that of each document if the model was trained so.
   *
   * @throws UnknownSymbolException if it has a symbol that the vocabulary lacks
   * @throws TextTooShortException if it has a single symbol
   */
  public Loss evaluate(Corpus text) {
    try (EncodedText encoded = EncodedText.of(text, tokenizer, vocabulary)) {
      long length = encoded.ids().length();
      if (length < 2) {
        throw new TextTooShortException(
            text.source(), length, 2, "to predict one from the one before it");
      }
      return evaluate(encoded.ids());
    }
  }

  /**
   * Says symbol by symbol how much a text surprisals the model.
   *
   * @param before what stands before the text, at least one symbol; read, but not judged
   * @param text the text
   * @param expected how many of the symbols that it holds for most probable are wanted for each
   * @return one for each symbol of the text
   * @throws UnknownSymbolException if there is a symbol that the vocabulary lacks
   * @throws TextTooShortException if nothing stands before the text
   */
  public List<Surprisal> surprisals(String before, String text, int expected) {
    int[] context = Generation.begin(before, UnknownSymbols.ERROR, vocabulary, tokenizer);
    return surprisals(context, vocabulary.encode(text, tokenizer), expected);
  }

  List<Surprisal> surprisals(int[] before, int[] text, int expected) {
    return generation().surprisals(before, text, expected);
  }

  Loss evaluate(Ids ids) {
    int streams = EvaluationProgram.streams(ids.length(), MOST_STREAMS);
    if (evaluation == null || evaluation.batchSize() != streams) {
      evaluation = new EvaluationProgram(model, config.windows().seqLength(), streams, documents);
    }
    return evaluation.measure(ids);
  }

  /**
   * Writes the model alone, without the state of its training.
   *
   * @throws OutputException if that fails; what stood there before is unharmed
   */
  public void save(Path file) {
    new SavedModel(config, vocabulary, model.read()).write(file);
  }

  /** Frees its memory, unless that belongs to a trainer. Closing twice does nothing. */
  @Override
  public void close() {
    if (ownsModel) {
      model.close();
    }
  }
}
