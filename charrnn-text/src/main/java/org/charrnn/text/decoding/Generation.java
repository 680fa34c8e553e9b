package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;

/**
 * Turns requests into texts: the link between {@link org.charrnn.text.LanguageModel} and ids.
 *
 * <p><b>Thread safety.</b> That of the scorer.
 */
public final class Generation {

  /** The maximum number of texts generated at once; more would take memory and save no time. */
  static final int MAX_ROWS = 64;

  private final Scorer scorer;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final PromptEncoder prompts;

  /** Generates with this scorer, whose ids are those of the vocabulary. */
  public Generation(Scorer scorer, Vocabulary vocabulary, Tokenizer tokenizer) {
    this.scorer = scorer;
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    this.prompts = new PromptEncoder(vocabulary, tokenizer);
  }

  /**
   * Generates one text; each symbol is delivered as soon as it is certain to stay. It ends before
   * the next symbol if the thread is interrupted.
   */
  public GeneratedText generate(GenerationRequest request, Consumer<GeneratedSymbol> symbols) {
    SeededRandom random = new SeededRandom(request.seed()).split(0);
    return generate(new Writing(request, Generation::isInterrupted), random, symbols);
  }

  /** The same whether or not the thread is interrupted, and with another generator. */
  public GeneratedText generateUninterrupted(
      GenerationRequest request, RandomGenerator random, Consumer<GeneratedSymbol> symbols) {
    return generate(new Writing(request, () -> false), random, symbols);
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private GeneratedText generate(
      Writing writing, RandomGenerator random, Consumer<GeneratedSymbol> symbols) {
    Hypothesis hypothesis =
        switch (writing.request.decoding()) {
          case Sampler sampler ->
              writing
                  .sampled(sampler, List.of(random), it -> writing.deliver(it, symbols))
                  .getFirst();
          case BeamSearch search -> writing.searched(search);
        };
    GeneratedText text = writing.text(hypothesis);
    text.symbols().stream().skip(writing.delivered).forEach(symbols);
    return text;
  }

  /**
   * Generates several texts. Each draws from its own generator, which its index determines, so that
   * it does not depend on their number.
   */
  public void generateMany(GenerationRequest request, int count, Consumer<GeneratedText> texts) {
    if (count < 1) {
      throw new InvalidOptionException("samples", count, "at least 1");
    }
    Writing writing = new Writing(request, Generation::isInterrupted);
    switch (request.decoding()) {
      case BeamSearch search -> {
        requireOne(count, "with a beam search, which finds one text");
        texts.accept(writing.text(writing.searched(search)));
      }
      case Sampler sampler -> {
        if (sampler.isGreedy()) {
          requireOne(count, "with temperature 0, which gives the same text each time");
        }
        SeededRandom random = new SeededRandom(request.seed());
        for (long first = 0; first < count && !(first > 0 && isInterrupted()); first += MAX_ROWS) {
          List<SeededRandom> rows =
              LongStream.range(first, Math.min(first + MAX_ROWS, count))
                  .mapToObj(random::split)
                  .toList();
          writing.sampled(sampler, rows, _ -> {}).stream().map(writing::text).forEach(texts);
        }
      }
    }
  }

  /** The surprisal of each id of a text, and the most probable symbols in its place. */
  public List<Surprisal> surprisals(int[] context, int[] text, int expected) {
    return new Predictions(scorer)
        .read(context, text, expected).stream()
            .map(prediction ->
                new Surprisal(
                    vocabulary.symbol(prediction.actual().id()),
                    Math.max(0, -prediction.actual().logProbability()),
                    prediction.best().stream().map(this::expected).toList()))
            .toList();
  }

  private Surprisal.Expected expected(Predictions.ScoredId scored) {
    return new Surprisal.Expected(
        vocabulary.symbol(scored.id()), Math.min(1, Math.exp(scored.logProbability())));
  }

  private static void requireOne(int count, String reason) {
    if (count != 1) {
      throw new InvalidOptionException("samples", count, "1 " + reason);
    }
  }

  /** The state of one request. */
  private final class Writing {

    private final GenerationRequest request;
    private final Prompt.Encoded prompt;
    private final StopString stop;
    private final BooleanSupplier cancelled;
    private int delivered;

    Writing(GenerationRequest request, BooleanSupplier cancelled) {
      this.request = request;
      this.cancelled = cancelled;
      this.prompt = prompts.encode(request.prompt());
      this.stop =
          new StopString(request.stop().map(prompts::read).orElse(""), vocabulary, tokenizer);
    }

    List<Hypothesis> sampled(
        Sampler sampler, List<? extends RandomGenerator> randoms, Consumer<Hypothesis> extended) {
      return new Sampling(scorer, sampler, request.logProbabilities(), cancelled)
          .generate(prompt.ids(), request.length(), randoms, stop, extended);
    }

    Hypothesis searched(BeamSearch search) {
      return new BeamDecoder(scorer, search, cancelled)
          .generate(prompt.ids(), request.length(), stop);
    }

    void deliver(Hypothesis hypothesis, Consumer<GeneratedSymbol> symbols) {
      if (!hypothesis.hasEnded()) {
        int certain = hypothesis.size() - stop.heldBack(hypothesis);
        for (; delivered < certain; delivered++) {
          symbols.accept(
              symbol(
                  vocabulary.symbol(hypothesis.written(delivered)),
                  hypothesis.logProbability(delivered)));
        }
      }
    }

    GeneratedText text(Hypothesis hypothesis) {
      List<String> kept = stop.symbols(hypothesis);
      double[] logProbabilities = hypothesis.logProbabilities();
      List<GeneratedSymbol> symbols = new ArrayList<>(kept.size());
      for (int i = 0; i < kept.size(); i++) {
        symbols.add(symbol(kept.get(i), logProbabilities[i]));
      }
      return new GeneratedText(prompt.text(), tokenizer.join(kept), symbols, hypothesis.ending());
    }

    private GeneratedSymbol symbol(String symbol, double logProbability) {
      return new GeneratedSymbol(
          symbol,
          request.logProbabilities() ? OptionalDouble.of(logProbability) : OptionalDouble.empty());
    }
  }
}
