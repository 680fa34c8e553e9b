package org.charrnn.text;

import com.google.common.hash.HashCode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.DeviceException;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Network;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.decoding.NextScores;
import org.charrnn.text.device.AdaptingProgram;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.DeviceRows;
import org.charrnn.text.device.ExclusiveUse;
import org.charrnn.text.device.OpenSession;
import org.charrnn.text.device.Piece;
import org.charrnn.text.device.PieceWindows;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.encoding.Encoder;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.engine.Engine;
import org.charrnn.text.engine.Generation;
import org.charrnn.text.engine.Meter;
import org.charrnn.text.engine.Start;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.reading.EvaluationQueue;
import org.charrnn.text.reading.PieceWork;
import org.charrnn.text.reading.StateFormat;
import org.charrnn.text.reading.TextScorer;
import org.charrnn.text.scoring.Distribution;
import org.charrnn.text.scoring.Embeddings;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.State;
import org.charrnn.text.scoring.StateException;
import org.charrnn.text.scoring.TextScore;
import org.charrnn.text.training.Loss;
import org.jspecify.annotations.Nullable;

/**
 * A trained model: it generates text, and evaluates how well it predicts a given text. Neither
 * changes it.
 *
 * <p>All requests are computed together on one thread, which starts when there is work and ends
 * when there was none for a second. A text does not depend on the requests beside it, provided that
 * the accelerator computes each row of a batch as it would alone.
 *
 * <p>If the thread of a caller is interrupted, generation ends early, as its methods say; a call
 * that reads or evaluates a text throws a {@link java.util.concurrent.CancellationException}. The
 * thread stays interrupted.
 *
 * <p><b>Thread safety.</b> Any number of threads, virtual ones included; callbacks run on the
 * thread of the caller. After {@link #close}, and when it is closed during a call, calls throw an
 * {@link IllegalStateException}. The {@linkplain Trainer#model model of a training} is used by one
 * thread at a time.
 */
public final class LanguageModel implements AutoCloseable {

  /** The maximum length of a window, whatever a file says. */
  private static final int MAX_WINDOW_LENGTH = 1 << 12;

  private final TrainingConfig config;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final DeviceModel model;
  private final boolean ownsModel;
  private final Engine engine;
  private final Generation generation;
  private final EvaluationQueue evaluations;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable HashCode digest;
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
    Documents documents = Documents.resets(config, vocabulary);
    DeviceRows rows = new DeviceRows(model, vocabulary.size(), documents);
    this.engine = ownsModel ? Engine.threaded(rows) : Engine.inline(rows);
    this.generation =
        new Generation(engine, vocabulary, tokenizer, config.model().direction(), this::start);
    this.evaluations = new EvaluationQueue(model, warmUp(), documents);
    this.losses = PieceWindows.losses(model, documents);
    this.hiddenStates = PieceWindows.hiddenStates(model, documents);
  }

  /** A model that belongs to a training is used by the thread that trains it. */
  private ExclusiveUse.Use use() {
    return ownsModel ? () -> {} : model.use();
  }

  /** Puts a model whose tensors fit into a session, which becomes its own. */
  static LanguageModel of(OpenSession session, Network network, SavedModel saved) {
    Tokenizer tokenizer = Plugins.tokenizers().get(saved.config().model().tokenizer());
    DeviceModel model = new DeviceModel(session, network);
    model.write(saved.tensors());
    return new LanguageModel(saved.config(), saved.vocabulary(), tokenizer, model, true);
  }

  /** {@return the configuration that it was trained with} */
  public TrainingConfig config() {
    return config;
  }

  /** {@return the symbols of the model} */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** {@return the number of trainable parameters} */
  public long parameterCount() {
    return model.size();
  }

  // ---- generation

  /**
   * Encodes a prompt: the result has the text as the model reads it, and {@linkplain
   * GenerationRequest#withPrompt can be used} in requests.
   *
   * @param prompt the text to continue
   * @return the prompt as the model reads it
   * @throws UnknownSymbolException if a symbol is not in the vocabulary and is neither omitted nor
   *     replaced
   * @throws TextTooShortException if no symbol is left
   */
  public Prompt.Encoded encode(Prompt prompt) {
    return generation.encode(prompt);
  }

  /**
   * Generates a text. If the thread is interrupted, the text ends with the symbols that were
   * generated until then, and the thread stays interrupted.
   *
   * @param request what to generate
   * @return the prompt as the model read it, and the text after it
   * @throws UnknownSymbolException if the prompt has a symbol that is not in the vocabulary and is
   *     neither omitted nor replaced, or the bias has one
   * @throws TextTooShortException if no symbol of the prompt is left
   * @throws InvalidOptionException if a stop string has a character that no symbol contains
   * @throws ModelDivergedException if the scores of the model are not finite
   * @throws DeviceException if the device cannot compute them
   * @throws IllegalStateException if the model is closed
   */
  public String generate(GenerationRequest request) {
    try (var _ = use()) {
      return generation.generate(request).text();
    }
  }

  /**
   * Generates a text symbol by symbol. A symbol is delivered as soon as it is chosen; if it may be
   * part of a stop string, as soon as that is ruled out; those of a beam search at its end. The
   * symbols are delivered by the thread of the caller: if it is slow, the text waits for it, and no
   * other one does; if it throws an exception, the text is canceled. If the thread is interrupted,
   * the text ends before the next symbol, and the thread stays interrupted.
   *
   * @param symbols receives the symbols after the prompt; it may use this model
   * @param request what to generate
   * @return the whole text
   * @throws CharRnnException as {@link #generate(GenerationRequest)}
   * @throws IllegalStateException if the model is closed
   */
  public GeneratedText generate(GenerationRequest request, Consumer<GeneratedSymbol> symbols) {
    try (var _ = use()) {
      return generation.generate(request, symbols);
    }
  }

  /**
   * Generates a text in parts: the symbols that are there when the caller is ready for more are
   * delivered together. That is {@link #generate(GenerationRequest, Consumer)} for callers to which
   * each delivery costs something, such as a message to a network; while a model generates many
   * texts, each of their parts has several symbols.
   *
   * @param request what to generate
   * @param parts receives the symbols after the prompt, at least one at a time
   * @return the whole text
   * @throws CharRnnException as {@link #generate(GenerationRequest)}
   * @throws IllegalStateException if the model is closed
   */
  public GeneratedText generateInParts(
      GenerationRequest request, Consumer<List<GeneratedSymbol>> parts) {
    try (var _ = use()) {
      return generation.generateInParts(request, parts);
    }
  }

  /**
   * Generates a text as a stream of its symbols, each as soon as {@link
   * #generate(GenerationRequest, Consumer)} would deliver it. Nothing is computed before the
   * terminal operation. The text waits for the reader of the stream if that is slow. If the thread
   * is interrupted, the stream ends before the next symbol, and the thread stays interrupted.
   *
   * <pre>{@code
   * try (Stream<GeneratedSymbol> symbols = model.stream(request)) {
   *   symbols.map(GeneratedSymbol::symbol).takeWhile(it -> !it.equals("。")).forEach(System.out::print);
   * }
   * }</pre>
   *
   * @param request what to generate
   * @return a sequential stream; close it to cancel the text unless it is read to its end
   * @throws CharRnnException as {@link #generate(GenerationRequest)}; those of the device, and that
   *     of a model that diverged, from the terminal operation
   */
  public Stream<GeneratedSymbol> stream(GenerationRequest request) {
    SymbolSpliterator symbols = new SymbolSpliterator(generation.read(request), this::use);
    return StreamSupport.stream(symbols, false).onClose(symbols::close);
  }

  /**
   * Generates several texts, many at a time. The first is the one that {@link #generate} gives, and
   * none depends on their number. If the thread is interrupted, texts end before their next symbol,
   * and no further ones are started.
   *
   * @param count at least 1; 1 if the decoding is not random
   * @param texts receives them in order, on the thread of the caller
   * @param request what to generate
   * @throws InvalidOptionException if all texts would be the same
   * @throws CharRnnException as {@link #generate(GenerationRequest)}
   * @throws IllegalStateException if the model is closed
   */
  public void generateMany(GenerationRequest request, int count, Consumer<GeneratedText> texts) {
    try (var _ = use()) {
      generation.generateMany(request, count, texts);
    }
  }

  void generate(
      String prompt,
      int length,
      Sampler sampler,
      RandomGenerator random,
      Consumer<String> symbols) {
    GenerationRequest request = new GenerationRequest(prompt, length, sampler, 0);
    generation.generateUninterrupted(request, random, symbol -> symbols.accept(symbol.symbol()));
  }

  /** {@return how much this model has computed; after {@link #close}, until then} */
  public Usage usage() {
    Meter meter = engine.meter();
    return new Usage(meter.rows(), meter.steps(), meter.rowSteps(), meter.busyNanos() / 1e9);
  }

  /** The number of texts that are being read or generated. */
  int activeTexts() {
    return engine.active();
  }

  // ---- states

  /**
   * {@return the state of this model after a text}
   *
   * @param prompt at least one symbol, all of which must be in the vocabulary
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws TextTooShortException if the text is empty
   * @throws IllegalStateException if the model is closed
   */
  public State start(String prompt) {
    return read(Start.of(idsInReadingOrder(prompt)));
  }

  /**
   * {@return the state after the standard context of {@link ScoringOptions}: at the beginning of a
   * text}
   */
  public State start() {
    return read(scorer().standardStart());
  }

  /**
   * {@return the state that {@link State#toBytes} has serialized, perhaps in another process}
   *
   * @param serialized the result of {@link State#toBytes}
   * @throws StateException if it is damaged or belongs to another model
   */
  public State resume(byte[] serialized) {
    return new ModelState(
        this, StateFormat.read(serialized, digest(), model.stateSize(), vocabulary.size()));
  }

  ModelState read(ModelState state, String text) {
    return text.isEmpty() ? state : read(state.start().with(idsInReadingOrder(text)));
  }

  private int[] idsInReadingOrder(String text) {
    return config.model().direction().inReadingOrder(encode(Prompt.of(text)).ids());
  }

  private ModelState read(Start start) {
    try (var _ = use()) {
      return new ModelState(this, engine.read(start));
    }
  }

  Distribution next(Start start) {
    if (start.ids().length == 0) {
      return Distribution.ofCounts(vocabulary);
    }
    try (var _ = use()) {
      return Distribution.ofScores(vocabulary, engine.decode(start, new NextScores()).scores());
    }
  }

  private Start start(State state) {
    if (state instanceof ModelState own
        && (own.model() == this || (ownsModel && own.model().digest().equals(digest())))) {
      return own.start();
    }
    throw new IllegalArgumentException("the state belongs to another model");
  }

  /** A digest of everything that predictions depend on. */
  HashCode digest() {
    HashCode known = digest;
    if (known == null || !ownsModel) {
      try (var _ = use()) {
        known = StateFormat.digest(config, vocabulary, engine.call(model::read));
      }
      digest = known;
    }
    return known;
  }

  // ---- evaluation

  /**
   * {@return the loss on a text: of each symbol but the first, with the state carried from the
   * beginning of the text, or of each document if the model was trained that way}
   *
   * @param text the text to predict
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws TextTooShortException if there is a single symbol
   * @throws ModelDivergedException if the loss is not finite
   * @throws IllegalStateException if the model is closed
   */
  public Loss evaluate(Corpus text) {
    return evaluate(
        text,
        ids -> {
          try (var _ = use()) {
            return evaluate(ids);
          }
        });
  }

  private Loss evaluate(Corpus text, Function<Ids, Loss> measure) {
    try (EncodedText encoded = EncodedText.of(text, tokenizer, vocabulary)) {
      long length = encoded.ids().length();
      if (length < 2) {
        throw new TextTooShortException(
            text.source(), length, 2, "to predict a symbol from the preceding one");
      }
      Loss loss = measure.apply(encoded.ids().inReadingOrder(config.model().direction()));
      if (!Double.isFinite(loss.nats())) {
        throw new ModelDivergedException("loss", loss.nats());
      }
      return loss;
    }
  }

  /**
   * The surprisal of each symbol of a text, in nats.
   *
   * @param context the text before it, or after it if the model reads backward; at least one
   *     symbol, read but not evaluated
   * @param text the text
   * @param expected how many of the most probable symbols to list for each, at least 0
   * @return one for each symbol of the text, in its order
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws TextTooShortException if the context is empty
   * @throws ModelDivergedException if the scores of the model are not finite
   */
  public List<Surprisal> surprisals(String context, String text, int expected) {
    ReadingDirection direction = config.model().direction();
    int[] ids = direction.inReadingOrder(new Encoder(vocabulary, tokenizer).encode(text));
    int[] before = idsInReadingOrder(context);
    List<Surprisal> surprisals;
    try (var _ = use()) {
      surprisals = surprisals(before, ids, expected);
    }
    return direction == ReadingDirection.FORWARD ? surprisals : surprisals.reversed();
  }

  List<Surprisal> surprisals(int[] context, int[] text, int expected) {
    return generation.surprisals(context, text, expected);
  }

  // ---- scoring

  /**
   * {@return the probability of a text after the standard context, symbol by symbol} A text of less
   * than 2,000 symbols is read from its beginning; a longer one is split as {@link #evaluate}
   * splits it, which changes the result a little, but not from call to call.
   *
   * @param text the text
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws ModelDivergedException if a loss is not finite
   */
  public TextScore score(String text) {
    return score(text, ScoringOptions.standard());
  }

  /**
   * {@return the probability of a text, as {@link #score(String)}}
   *
   * @param text the text
   * @param options the context and the price of unknown symbols
   * @throws UnknownSymbolException if a symbol of the context is not in the vocabulary, or one of
   *     the text and the options have no price for it
   * @throws ModelDivergedException if a loss is not finite
   * @throws IllegalArgumentException if the context is a state of another model
   */
  public TextScore score(String text, ScoringOptions options) {
    return scorer().score(text, options);
  }

  /**
   * {@return the probabilities of many texts, many at a time, in their order} Each is the same as
   * that of {@link #score(String)}. The stream is lazy: it reads ahead by some tens of thousands of
   * symbols. Closing it closes {@code texts}.
   *
   * @param texts the texts
   * @throws CharRnnException from the terminal operation, as {@link #score(String)}
   */
  public Stream<TextScore> scoreAll(Stream<String> texts) {
    return scoreAll(texts, ScoringOptions.standard());
  }

  /**
   * {@return the probabilities of many texts, as {@link #scoreAll(Stream)}}
   *
   * @param texts the texts
   * @param options the context and the price of unknown symbols
   * @throws CharRnnException from the terminal operation, as {@link #score(String, ScoringOptions)}
   */
  public Stream<TextScore> scoreAll(Stream<String> texts, ScoringOptions options) {
    return scorer().scoreAll(texts, options);
  }

  /**
   * {@return the probabilities of many texts, many at a time, in their order}
   *
   * @param texts the texts
   * @throws CharRnnException as {@link #score(String)}
   */
  public List<TextScore> scoreAll(Iterable<String> texts) {
    return scoreAll(StreamSupport.stream(texts.spliterator(), false)).toList();
  }

  /**
   * Ranks candidates by their probability after a prefix.
   *
   * @param prefix the text before each candidate; empty for the standard context
   * @param candidates the texts to compare
   * @return the scores of all candidates, the most probable first; of equally probable ones the
   *     earlier
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws ModelDivergedException if a loss is not finite
   */
  public List<TextScore> rank(String prefix, Collection<String> candidates) {
    ScoringOptions standard = ScoringOptions.standard();
    return rank(candidates, prefix.isEmpty() ? standard : standard.after(prefix));
  }

  /**
   * Ranks candidates by their score, as {@link #rank(String, Collection)}.
   *
   * @param candidates the texts to compare
   * @param options the context and the price of unknown symbols
   * @return the scores of all candidates, the most probable first
   * @throws CharRnnException as {@link #score(String, ScoringOptions)}
   */
  public List<TextScore> rank(Collection<String> candidates, ScoringOptions options) {
    return scorer().rank(candidates, options);
  }

  /**
   * {@return the probabilities of the next symbol}
   *
   * @param prefix the text before it; empty for the standard context
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws ModelDivergedException if the scores of the model are not finite
   */
  public Distribution next(String prefix) {
    return (prefix.isEmpty() ? start() : start(prefix)).next();
  }

  /**
   * {@return the output of the last layer after each symbol of a text, {@code [symbols, H]}; the
   * model reads the text after the standard context} Long texts are split as by {@link
   * #score(String)}.
   *
   * @param text the text
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   */
  public Embeddings embed(String text) {
    return scorer().embed(text);
  }

  /**
   * {@return a scorer with a copy of this model that learns from what it reads} This model does not
   * change. The copy has memory of its own until the scorer is closed, also if this model is closed
   * before.
   *
   * @param rate the learning rate; 0.0003 lowers the loss of most models, docs/scoring.md has
   *     figures
   * @throws InvalidOptionException if the rate is not greater than 0, or not finite
   */
  public AdaptingScorer adapting(double rate) {
    if (!((float) rate > 0 && (float) rate < Float.POSITIVE_INFINITY)) { // so that NaN fails
      throw new InvalidOptionException("rate", rate, "a finite number greater than 0");
    }
    Documents documents = Documents.resets(config, vocabulary);
    AdaptingProgram program;
    try (var _ = use()) {
      program = engine.call(() -> new AdaptingProgram(model, documents, rate));
    }
    return new AdaptingScorer(program, scorer(), documents, this::evaluate);
  }

  private TextScorer scorer() {
    return new TextScorer(
        config,
        vocabulary,
        tokenizer,
        warmUp(),
        pieces -> read(pieces, losses),
        pieces -> read(pieces, hiddenStates),
        new States());
  }

  private final class States implements TextScorer.States {
    @Override
    public Start start(State state) {
      return LanguageModel.this.start(state);
    }

    @Override
    public Start read(Start start) {
      try (var _ = use()) {
        return engine.read(start);
      }
    }
  }

  private void read(List<Piece> pieces, PieceWindows windows) {
    try (var _ = use()) {
      engine.run(new PieceWork(pieces, windows));
    }
  }

  private int warmUp() {
    return Math.min(config.windows().seqLength(), MAX_WINDOW_LENGTH);
  }

  Loss evaluate(Ids ids) {
    return engine.run(evaluations.work(ids));
  }

  /**
   * Writes the model alone, without the state of its training.
   *
   * @param file the file
   * @throws OutputException if that fails; an existing file is unchanged
   * @throws IllegalStateException if the model is closed
   */
  public void save(Path file) {
    SavedModel saved;
    try (var _ = use()) {
      saved = new SavedModel(config, vocabulary, engine.call(model::read));
    }
    Checkpoint.writeModel(saved, file);
  }

  /**
   * Ends all requests with an {@link IllegalStateException} and frees the memory, unless that
   * belongs to a trainer. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (ownsModel) {
      engine.close();
      if (!closed.getAndSet(true)) {
        model.close();
      }
    }
  }

  /**
   * How much a model has computed since it was loaded, for monitoring.
   *
   * <p><b>Thread safety.</b> Immutable.
   *
   * @param rows the number of texts that advanced in the last step; 0 if none is generated now
   * @param steps the number of steps, each of which advances all texts by one symbol
   * @param rowSteps the rows of all steps together: the symbols that were read or generated one by
   *     one
   * @param busySeconds the time that the thread of the model was busy; if it grows as fast as time
   *     passes, the model cannot compute more
   */
  public record Usage(int rows, long steps, long rowSteps, double busySeconds) {}
}
