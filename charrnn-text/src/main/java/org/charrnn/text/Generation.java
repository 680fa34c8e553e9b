package org.charrnn.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.decode.BeamDecoder;
import org.charrnn.text.decode.Hypothesis;
import org.charrnn.text.decode.Predictions;
import org.charrnn.text.decode.Prompt;
import org.charrnn.text.decode.Sampling;
import org.charrnn.text.decode.Scorer;
import org.charrnn.text.decode.StopString;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.generation.UnknownSymbols;

/**
 * From a request to texts: what stands between {@link LanguageModel} and ids.
 *
 * <p><b>Thread safety.</b> That of the scorer.
 */
final class Generation {

  /** The most texts that are written side by side; more would take memory and save no time. */
  static final int MOST_ROWS = 64;

  private final Scorer scorer;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;

  Generation(Scorer scorer, Vocabulary vocabulary, Tokenizer tokenizer) {
    this.scorer = scorer;
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
  }

  /** What the model reads of a text to begin with. */
  static int[] begin(
      String text, UnknownSymbols unknown, Vocabulary vocabulary, Tokenizer tokenizer) {
    int[] ids = new Prompt(vocabulary, tokenizer).ids(text, unknown);
    if (ids.length == 0) {
      throw new TextTooShortException(
          "The text to begin with",
          0,
          1,
          (text.isEmpty() ? "" : "that the vocabulary has, ") + "for the model to write on from");
    }
    return ids;
  }

  /** Writes one text; each symbol is delivered as soon as it is sure to stay. */
  GeneratedText write(GenerationRequest request, Consumer<GeneratedSymbol> symbols) {
    return write(request, new SeededRandom(request.seed()).split(0), symbols);
  }

  /** The same with a generator that is not made of the seed. */
  GeneratedText write(
      GenerationRequest request, RandomGenerator random, Consumer<GeneratedSymbol> symbols) {
    Writing writing = new Writing(request);
    Hypothesis draft =
        switch (request.decoding()) {
          case Sampler sampler ->
              writing
                  .sampled(sampler, List.of(random), it -> writing.deliver(it, symbols))
                  .getFirst();
          case BeamSearch search -> writing.searched(search);
        };
    GeneratedText text = writing.text(draft);
    text.symbols().stream().skip(writing.delivered).forEach(symbols);
    return text;
  }

  /**
   * Writes several texts. Number i draws from a generator of its own, split off by i, so that it is
   * the same whatever their number.
   */
  void samples(GenerationRequest request, int count, Consumer<GeneratedText> texts) {
    if (count < 1) {
      throw new InvalidOptionException("samples", count, "at least 1");
    }
    Writing writing = new Writing(request);
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
        for (long first = 0; first < count; first += MOST_ROWS) {
          List<SeededRandom> rows =
              LongStream.range(first, Math.min(first + MOST_ROWS, count))
                  .mapToObj(random::split)
                  .toList();
          writing.sampled(sampler, rows, _ -> {}).stream().map(writing::text).forEach(texts);
        }
      }
    }
  }

  /** How much each id of a text surprisals the model, and what it expected there. */
  List<Surprisal> surprisals(int[] before, int[] text, int expected) {
    return new Predictions(scorer)
        .read(before, text, expected).stream()
            .map(foretold ->
                new Surprisal(
                    vocabulary.symbol(foretold.actual().id()),
                    Math.max(0, -foretold.actual().logProbability()),
                    foretold.best().stream().map(this::expected).toList()))
            .toList();
  }

  private Surprisal.Expected expected(Predictions.ScoredId weighed) {
    return new Surprisal.Expected(
        vocabulary.symbol(weighed.id()), Math.min(1, Math.exp(weighed.logProbability())));
  }

  private static void requireOne(int count, String reason) {
    if (count != 1) {
      throw new InvalidOptionException("samples", count, "1 " + reason);
    }
  }

  /** One request being followed. */
  private final class Writing {

    private final GenerationRequest request;
    private final int[] begin;
    private final StopString stop;
    private int delivered;

    Writing(GenerationRequest request) {
      this.request = request;
      this.begin = begin(request.begin(), request.unknown(), vocabulary, tokenizer);
      this.stop = new StopString(request.stop().orElse(""), vocabulary, tokenizer);
    }

    List<Hypothesis> sampled(
        Sampler sampler, List<? extends RandomGenerator> randoms, Consumer<Hypothesis> written) {
      return new Sampling(scorer, sampler, request.logProbabilities())
          .write(begin, request.length(), randoms, stop, written);
    }

    Hypothesis searched(BeamSearch search) {
      return new BeamDecoder(scorer, search).write(begin, request.length(), stop);
    }

    void deliver(Hypothesis draft, Consumer<GeneratedSymbol> symbols) {
      if (!draft.hasEnded()) {
        for (int sure = draft.size() - stop.heldBack(draft); delivered < sure; delivered++) {
          symbols.accept(symbol(draft, delivered, vocabulary.symbol(draft.written(delivered))));
        }
      }
    }

    GeneratedText text(Hypothesis draft) {
      List<String> kept = stop.symbols(draft);
      List<GeneratedSymbol> symbols = new ArrayList<>();
      for (int i = 0; i < kept.size(); i++) {
        symbols.add(symbol(draft, i, kept.get(i)));
      }
      return new GeneratedText(
          vocabulary.decode(begin, tokenizer), tokenizer.join(kept), symbols, draft.ending());
    }

    private GeneratedSymbol symbol(Hypothesis draft, int i, String symbol) {
      return new GeneratedSymbol(
          symbol,
          request.logProbabilities()
              ? OptionalDouble.of(draft.logProbability(i))
              : OptionalDouble.empty());
    }
  }
}
