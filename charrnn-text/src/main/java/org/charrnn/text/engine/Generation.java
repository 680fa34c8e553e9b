package org.charrnn.text.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.decoding.BeamDecoder;
import org.charrnn.text.decoding.Bias;
import org.charrnn.text.decoding.Hypothesis;
import org.charrnn.text.decoding.Predictions;
import org.charrnn.text.decoding.PromptEncoder;
import org.charrnn.text.decoding.RepetitionRules;
import org.charrnn.text.decoding.SampledText;
import org.charrnn.text.decoding.ScoredId;
import org.charrnn.text.decoding.StopStrings;
import org.charrnn.text.decoding.TextDecoder;
import org.charrnn.text.decoding.TextRules;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.scoring.State;

/**
 * Turns requests into texts: the link between {@link org.charrnn.text.LanguageModel} and ids.
 *
 * <p><b>Thread safety.</b> That of the engine.
 */
public final class Generation {

  /** How many symbols are generated before their reader takes them. */
  private static final int AHEAD = 256;

  /** How many texts of one request are generated at once; more would save no time. */
  private static final int TEXTS = 64;

  private final Engine engine;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final ReadingDirection direction;
  private final PromptEncoder prompts;
  private final Function<State, Start> states;

  /**
   * Generates with a model.
   *
   * @param engine computes on the model, whose ids are those of the vocabulary
   * @param direction the direction in which the model reads and writes
   * @param states reads a state of the model
   */
  public Generation(
      Engine engine,
      Vocabulary vocabulary,
      Tokenizer tokenizer,
      ReadingDirection direction,
      Function<State, Start> states) {
    this.engine = engine;
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    this.direction = direction;
    this.prompts = new PromptEncoder(vocabulary, tokenizer);
    this.states = states;
  }

  /** Encodes a prompt as {@link PromptEncoder#encode} says. */
  public Prompt.Encoded encode(Prompt prompt) {
    return prompts.encode(prompt);
  }

  // ---- one text

  /** The text that a request asks for; it begins when the first symbol is taken. */
  public SymbolReader read(GenerationRequest request) {
    return new Writing(request).reader(first(request), true);
  }

  private static RandomGenerator first(GenerationRequest request) {
    return new SeededRandom(request.seed()).split(0);
  }

  /** Generates a text that is needed as a whole. */
  public GeneratedText generate(GenerationRequest request) {
    Writing writing = new Writing(request);
    try (SymbolReader reader = writing.whole(writing.start, first(request))) {
      return reader.await();
    }
  }

  /** Generates one text; each symbol is delivered as soon as it is certain to stay. */
  public GeneratedText generate(GenerationRequest request, Consumer<GeneratedSymbol> symbols) {
    try (SymbolReader reader = read(request)) {
      return deliver(reader, symbols);
    }
  }

  /** The same; in parts. */
  public GeneratedText generateInParts(
      GenerationRequest request, Consumer<List<GeneratedSymbol>> symbols) {
    try (SymbolReader reader = read(request)) {
      for (List<GeneratedSymbol> next = reader.nextOnes();
          !next.isEmpty();
          next = reader.nextOnes()) {
        symbols.accept(next);
      }
      return reader.text();
    }
  }

  /** The same whether or not the thread is interrupted, and with another generator. */
  public GeneratedText generateUninterrupted(
      GenerationRequest request, RandomGenerator random, Consumer<GeneratedSymbol> symbols) {
    try (SymbolReader reader = new Writing(request).reader(random, false)) {
      return deliver(reader, symbols);
    }
  }

  private static GeneratedText deliver(SymbolReader reader, Consumer<GeneratedSymbol> symbols) {
    for (Optional<GeneratedSymbol> next = reader.next(); next.isPresent(); next = reader.next()) {
      symbols.accept(next.get());
    }
    return reader.text();
  }

  // ---- several texts

  /**
   * Generates several texts. Each draws from its own generator, which its index determines, so that
   * it does not depend on their number.
   */
  public void generateMany(GenerationRequest request, int count, Consumer<GeneratedText> texts) {
    if (count < 1) {
      throw new InvalidOptionException("samples", count, "at least 1");
    }
    switch (request.decoding()) {
      case BeamSearch _ -> requireOne(count, "with a beam search, which finds one text");
      case Sampler sampler when sampler.isGreedy() ->
          requireOne(count, "with temperature 0, which gives the same text each time");
      case Sampler _ -> {}
    }
    if (count == 1) {
      texts.accept(generate(request));
    } else {
      generateSeveral(new Writing(request), count, texts);
    }
  }

  private void generateSeveral(Writing writing, int count, Consumer<GeneratedText> texts) {
    Optional<Start> start = engine.readUnlessInterrupted(writing.start);
    if (start.isEmpty()) {
      texts.accept(writing.format.text(writing.prompt.ended(Ending.INTERRUPTED)));
      return;
    }
    SeededRandom random = new SeededRandom(writing.request.seed());
    Deque<SymbolReader> readers = new ArrayDeque<>();
    try {
      int started = 0;
      while (started < count || !readers.isEmpty()) {
        boolean mayStart = started == 0 || !Thread.currentThread().isInterrupted();
        if (mayStart && started < count && readers.size() < TEXTS) {
          readers.add(writing.whole(start.get(), random.split(started)));
          readers.getLast().start();
          started++;
        } else if (readers.isEmpty()) {
          return;
        } else {
          texts.accept(readers.getFirst().await());
          readers.removeFirst();
        }
      }
    } finally {
      readers.forEach(SymbolReader::close);
    }
  }

  private Bias bias(Map<String, Double> bySymbol) {
    Map<Integer, Double> byId = new HashMap<>();
    bySymbol.forEach((symbol, value) -> byId.put(vocabulary.id(symbol), value));
    return Bias.of(byId);
  }

  private static void requireSymbol(Start start) {
    if (start.ids().length == 0) {
      throw new TextTooShortException("The prompt", 0, 1, "to generate text after it");
    }
  }

  private static void requireOne(int count, String reason) {
    if (count != 1) {
      throw new InvalidOptionException("samples", count, "1 " + reason);
    }
  }

  // ---- surprisals

  /** The surprisal of each id of a text, and the most probable symbols at its position. */
  public List<Surprisal> surprisals(int[] context, int[] text, int expected) {
    if (text.length == 0) {
      return List.of();
    }
    Predictions predicted = new Predictions(text, expected);
    return engine.decode(Start.of(context), predicted).predictions().stream()
        .map(prediction ->
            new Surprisal(
                vocabulary.symbol(prediction.actual().id()),
                Math.max(0, -prediction.actual().logProbability()),
                prediction.best().stream().map(this::expected).toList()))
        .toList();
  }

  private Surprisal.Expected expected(ScoredId scored) {
    return new Surprisal.Expected(
        vocabulary.symbol(scored.id()), Math.min(1, Math.exp(scored.logProbability())));
  }

  // ---- requests

  /** A request in terms of ids. */
  private final class Writing {

    private final GenerationRequest request;
    private final Start start;
    private final Hypothesis prompt;
    private final RepetitionRules repetition;
    private final StopStrings stops;
    private final TextRules rules;
    private final TextFormat format;

    Writing(GenerationRequest request) {
      this.request = request;
      Prompt given = request.prompt();
      if (given instanceof Prompt.Continued continued) {
        this.start = states.apply(continued.state());
        requireSymbol(start);
      } else {
        given = prompts.encode(given);
        this.start = Start.of(direction.inReadingOrder(((Prompt.Encoded) given).ids()));
      }
      this.prompt = Hypothesis.of(start.ids());
      this.repetition = new RepetitionRules(request.decoding().repetition(), prompt);
      this.stops =
          new StopStrings(
              request.stops().stream().map(prompts::read).toList(),
              vocabulary,
              tokenizer,
              direction);
      this.rules =
          new TextRules(
              request.length(),
              stops,
              bias(request.bias()),
              request.logProbabilities(),
              request.alternatives());
      this.format =
          new TextFormat(
              vocabulary, tokenizer, stops, given.text(), request.logProbabilities(), direction);
    }

    /** The reader of a text that is read as a whole. */
    SymbolReader whole(Start from, RandomGenerator random) {
      return reader(from, random, TextJob.WHOLE, true);
    }

    /** The reader of a text that is read symbol by symbol. */
    SymbolReader reader(RandomGenerator random, boolean interruptible) {
      return reader(start, random, AHEAD + stops.longest(), interruptible);
    }

    private SymbolReader reader(
        Start from, RandomGenerator random, int capacity, boolean interruptible) {
      TextDecoder decoder =
          switch (request.decoding()) {
            case Sampler sampler ->
                new SampledText(prompt, sampler, random, repetition.forAnotherText(), rules);
            case BeamSearch search -> new BeamDecoder(prompt, search, rules);
          };
      return new SymbolReader(
          engine, format, new TextJob(from, decoder, capacity), request.timeLimit(), interruptible);
    }
  }
}
