package org.charrnn.text;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.charrnn.api.Plugins;
import org.charrnn.api.Session;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.network.Network;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.decoding.Generation;
import org.charrnn.text.decoding.PromptEncoder;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.DeviceScorer;
import org.charrnn.text.device.EvaluationProgram;
import org.charrnn.text.device.Piece;
import org.charrnn.text.device.PieceWindows;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.encoding.Encoder;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.scoring.Embeddings;
import org.charrnn.text.scoring.Ranked;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.charrnn.text.training.Loss;
import org.jspecify.annotations.Nullable;

/**
 * A trained model: it generates text, and evaluates how well it predicts a given text. Neither
 * changes it.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change; two threads at once, and calls
 * from a consumer of its own symbols, cause an {@link IllegalStateException}.
 */
public final class LanguageModel implements AutoCloseable {

  /** The maximum length of a window, whatever a file says. */
  private static final int MAX_WINDOW_LENGTH = 1 << 12;

  private final TrainingConfig config;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final DeviceModel model;
  private final boolean ownsModel;
  private final Documents documents;
  private @Nullable Generation generation;
  private @Nullable EvaluationProgram evaluation;
  private final PieceWindows losses;
  private final PieceWindows hiddenStates;

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
    this.documents = Documents.resets(config, vocabulary);
    this.losses = PieceWindows.losses(model, documents);
    this.hiddenStates = PieceWindows.hiddenStates(model, documents);
  }

  /** Puts a model whose tensors fit into a session, which becomes its own. */
  static LanguageModel of(Session session, Network network, SavedModel saved) {
    Tokenizer tokenizer = Plugins.tokenizers().get(saved.config().model().tokenizer());
    DeviceModel model = new DeviceModel(session, network);
    model.write(saved.tensors());
    return new LanguageModel(saved.config(), saved.vocabulary(), tokenizer, model, true);
  }

  /** The configuration that it was trained with. */
  public TrainingConfig config() {
    return config;
  }

  /** The symbols of the model. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The number of trainable parameters. */
  public long parameterCount() {
    return model.size();
  }

  // ---- generation

  /**
   * Encodes a prompt: the result has the text as the model reads it, and {@linkplain
   * GenerationRequest#withPrompt can be used} in requests.
   *
   * @throws UnknownSymbolException if a symbol is not in the vocabulary and is neither omitted nor
   *     replaced
   * @throws TextTooShortException if no symbol is left
   */
  public Prompt.Encoded encode(Prompt prompt) {
    return new PromptEncoder(vocabulary, tokenizer).encode(prompt);
  }

  /**
   * Generates a text.
   *
   * @return the prompt as the model read it, and the text after it
   * @throws UnknownSymbolException if the prompt has a symbol that is not in the vocabulary and is
   *     neither omitted nor replaced
   * @throws TextTooShortException if no symbol of the prompt is left
   * @throws InvalidOptionException if the stop string has a character that no symbol contains
   * @throws ModelDivergedException if the scores of the model are not finite
   */
  public String generate(GenerationRequest request) {
    return generate(request, _ -> {}).text();
  }

  /**
   * Generates a text symbol by symbol. A symbol is delivered as soon as it is chosen; if it may be
   * part of the stop string, as soon as that is ruled out; those of a beam search at its end. If
   * the thread is interrupted, the text ends before the next symbol.
   *
   * @param symbols receives the symbols after the prompt
   * @return the whole text
   * @throws UnknownSymbolException if the prompt has a symbol that is not in the vocabulary and is
   *     neither omitted nor replaced
   * @throws TextTooShortException if no symbol of the prompt is left
   * @throws InvalidOptionException if the stop string has a character that no symbol contains
   * @throws ModelDivergedException if the scores of the model are not finite
   */
  public GeneratedText generate(GenerationRequest request, Consumer<GeneratedSymbol> symbols) {
    try (var _ = model.use()) {
      return generation().generate(request, symbols);
    }
  }

  /**
   * Generates several texts, many at a time. The first is the one that {@link #generate} gives, and
   * none depends on their number, provided that the accelerator computes each row of a batch as it
   * would alone. If the thread is interrupted, texts end before their next symbol, and no further
   * ones are started.
   *
   * @param count at least 1; 1 if the decoding is not random
   * @param texts receives them in order
   * @throws UnknownSymbolException if the prompt has a symbol that is not in the vocabulary and is
   *     neither omitted nor replaced
   * @throws TextTooShortException if no symbol of the prompt is left
   * @throws InvalidOptionException if the stop string has a character that no symbol contains, or
   *     all texts would be the same
   */
  public void generateMany(GenerationRequest request, int count, Consumer<GeneratedText> texts) {
    try (var _ = model.use()) {
      generation().generateMany(request, count, texts);
    }
  }

  void generate(
      String prompt,
      int length,
      Sampler sampler,
      RandomGenerator random,
      Consumer<String> symbols) {
    GenerationRequest request = new GenerationRequest(prompt, length, sampler, 0);
    generation().generateUninterrupted(request, random, symbol -> symbols.accept(symbol.symbol()));
  }

  private Generation generation() {
    if (generation == null) {
      generation =
          new Generation(
              new DeviceScorer(model, vocabulary.size(), documents), vocabulary, tokenizer);
    }
    return generation;
  }

  // ---- evaluation

  /**
   * The loss on a text: of each symbol but the first, with the state carried from the beginning of
   * the text, or of each document if the model was trained that way.
   *
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws TextTooShortException if there is a single symbol
   * @throws ModelDivergedException if the loss is not finite
   */
  public Loss evaluate(Corpus text) {
    try (EncodedText encoded = EncodedText.of(text, tokenizer, vocabulary)) {
      long length = encoded.ids().length();
      if (length < 2) {
        throw new TextTooShortException(
            text.source(), length, 2, "to predict a symbol from the preceding one");
      }
      try (var _ = model.use()) {
        Loss loss = evaluate(encoded.ids().inReadingOrder(config.model().direction()));
        if (!Double.isFinite(loss.nats())) {
          throw new ModelDivergedException("loss", loss.nats());
        }
        return loss;
      }
    }
  }

  /**
   * The surprisal of each symbol of a text.
   *
   * @param context the text before it, at least one symbol; read, but not evaluated
   * @param text the text
   * @param expected how many of the most probable symbols to list for each
   * @return one for each symbol of the text
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws TextTooShortException if the context is empty
   */
  public List<Surprisal> surprisals(String context, String text, int expected) {
    int[] ids = new Encoder(vocabulary, tokenizer).encode(text);
    int[] before = encode(Prompt.of(context)).ids();
    try (var _ = model.use()) {
      return surprisals(before, ids, expected);
    }
  }

  List<Surprisal> surprisals(int[] context, int[] text, int expected) {
    return generation().surprisals(context, text, expected);
  }

  // ---- scoring

  /**
   * The probability of a text after the standard context, symbol by symbol. A text of less than
   * 2,000 symbols is read from its beginning; a longer one is split as {@link #evaluate} splits it,
   * which changes the result a little, but not from call to call.
   *
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws ModelDivergedException if a loss is not finite
   */
  public TextScore score(String text) {
    return score(text, ScoringOptions.standard());
  }

  /** The probability of a text, as {@link #score(String)}. */
  public TextScore score(String text, ScoringOptions options) {
    return scorer().score(text, options);
  }

  /**
   * The probabilities of many texts, many at a time, in their order. Each is the same as that of
   * {@link #score(String)}. The stream is lazy: it reads ahead by some tens of thousands of
   * symbols. Closing it closes {@code texts}.
   */
  public Stream<TextScore> scoreAll(Stream<String> texts) {
    return scoreAll(texts, ScoringOptions.standard());
  }

  /** The probabilities of many texts, as {@link #scoreAll(Stream)}. */
  public Stream<TextScore> scoreAll(Stream<String> texts, ScoringOptions options) {
    return scorer().scoreAll(texts, options);
  }

  /** The probabilities of many texts, many at a time, in their order. */
  public List<TextScore> scoreAll(Iterable<String> texts) {
    return scoreAll(StreamSupport.stream(texts.spliterator(), false)).toList();
  }

  /**
   * Ranks candidates by their probability after a prefix.
   *
   * @param prefix the text before each candidate; empty for the standard context
   * @return all candidates, the most probable first; of equally probable ones the earlier
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   */
  public List<Ranked> rank(String prefix, Collection<String> candidates) {
    ScoringOptions standard = ScoringOptions.standard();
    return rank(candidates, prefix.isEmpty() ? standard : standard.after(prefix));
  }

  /** Ranks candidates by their score, as {@link #rank(String, Collection)}. */
  public List<Ranked> rank(Collection<String> candidates, ScoringOptions options) {
    return scorer().rank(candidates, options);
  }

  /**
   * The output of the last layer after each symbol of a text, which the model reads after the
   * standard context. Long texts are split as by {@link #score(String)}.
   *
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   */
  public Embeddings embed(String text) {
    return scorer().embed(text);
  }

  private TextScorer scorer() {
    return new TextScorer(
        config,
        vocabulary,
        tokenizer,
        warmUp(),
        pieces -> read(pieces, losses),
        pieces -> read(pieces, hiddenStates));
  }

  private void read(List<Piece> pieces, PieceWindows windows) {
    try (var _ = model.use()) {
      pieces.forEach(windows::add);
      while (!windows.isEmpty()) {
        windows.run();
      }
    }
    for (Piece piece : pieces) {
      piece
          .failure()
          .ifPresent(failure -> {
            throw failure;
          });
    }
  }

  private int warmUp() {
    return Math.min(config.windows().seqLength(), MAX_WINDOW_LENGTH);
  }

  Loss evaluate(Ids ids) {
    int streams = EvaluationProgram.streams(ids.length(), EvaluationProgram.MAX_STREAMS);
    if (evaluation == null || evaluation.batchSize() != streams) {
      evaluation = new EvaluationProgram(model, warmUp(), streams, documents);
    }
    return evaluation.measure(ids);
  }

  /**
   * Writes the model alone, without the state of its training.
   *
   * @throws OutputException if that fails; an existing file is unchanged
   */
  public void save(Path file) {
    SavedModel saved;
    try (var _ = model.use()) {
      saved = new SavedModel(config, vocabulary, model.read());
    }
    saved.write(file);
  }

  /** Frees its memory, unless that belongs to a trainer. Closing twice does nothing. */
  @Override
  public void close() {
    if (ownsModel) {
      model.close();
    }
  }
}
