package org.charrnn.text.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.CodePointTokenizer;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From requests to texts, with a model whose scores are drawn. */
class GenerationTest {

  private static final Tokenizer TOKENIZER = new CodePointTokenizer();

  /**
   * The ids of symbols that may have several characters; symbols of one are read as code points.
   */
  private static Generation generation(long seed, String... symbols) {
    Vocabulary vocabulary =
        Vocabulary.of(Stream.of(symbols).map(it -> new Vocabulary.Entry(it, 1)).toList());
    return generation(new FakeRows(symbols.length, seed), vocabulary);
  }

  private static Generation generation(RowModel rows, Vocabulary vocabulary) {
    return new Generation(
        Engine.inline(rows), vocabulary, TOKENIZER, ReadingDirection.FORWARD, _ -> Start.of());
  }

  private static Generation abcd() {
    return generation(5, "a", "b", "c", "d");
  }

  private static GenerationRequest sampled(int length, long seed) {
    return GenerationRequest.sampled("a", length, 1, seed);
  }

  private static String written(Generation generation, GenerationRequest request) {
    return generation.generate(request, _ -> {}).continuation();
  }

  private static List<GeneratedText> samples(GenerationRequest request, int count) {
    List<GeneratedText> texts = new ArrayList<>();
    abcd().generateMany(request, count, texts::add);
    return texts;
  }

  // ---- stop string

  /** Whatever the seed, the text is what it would be without a stop string, up to that. */
  @ParameterizedTest
  @ValueSource(strings = {"b", "ca", "dd", "cab", "dcd", "aab"})
  void stop_endsBeforeIt(String stop) {
    int stopped = 0;
    for (long seed = 0; seed < 60; seed++) {
      String whole = written(abcd(), sampled(200, seed));
      int end = whole.indexOf(stop);
      GeneratedText text = abcd().generate(sampled(200, seed).withStop(stop), _ -> {});
      assertEquals(end < 0 ? whole : whole.substring(0, end), text.continuation());
      assertEquals(end < 0 ? Ending.LENGTH : Ending.STOP, text.ending());
      stopped += end < 0 ? 0 : 1;
    }
    assertTrue(stopped > 0, "none came to " + stop);
  }

  /** The stop string begins and ends within symbols. */
  @Test
  void stop_acrossSymbols() {
    int cut = 0;
    for (long seed = 0; seed < 60; seed++) {
      Generation words = generation(7, "a", "xay", "zb", "-");
      String whole = written(words, sampled(40, seed));
      int end = whole.indexOf("yz");
      GeneratedText text = words.generate(sampled(40, seed).withStop("yz"), _ -> {});
      assertEquals(end < 0 ? whole : whole.substring(0, end), text.continuation());
      assertEquals(text.continuation(), joined(text.symbols()));
      cut += text.continuation().endsWith("xa") ? 1 : 0;
    }
    assertTrue(cut > 0, "no symbol was cut");
  }

  @Test
  void stop_inTheBeginning_doesNotCount() {
    GenerationRequest request = GenerationRequest.sampled("aba", 5, 1, 3);
    assertEquals(
        written(abcd(), GenerationRequest.sampled("aba", 5, 1, 3)),
        written(abcd(), request.withStop("aba")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ax"})
  void stop_thatNeverComes(String stop) {
    GenerationRequest request = sampled(5, 1).withStop(stop);
    var e = assertThrows(InvalidOptionException.class, () -> abcd().generate(request, _ -> {}));
    assertEquals(
        String.format(
            Locale.ROOT,
            "stop must be of characters that the model can generate; it has no 'x' (U+0078): '%s'",
            stop),
        e.getMessage());
  }

  @Test
  void stop_endsABeamSearch() {
    BeamSearch search = BeamSearch.ofWidth(4);
    for (long seed = 0; seed < 30; seed++) {
      Generation generation = generation(seed, "a", "b", "c", "d");
      GenerationRequest request = GenerationRequest.searched("a", 12, search).withStop("cd");
      GeneratedText text = generation.generate(request, _ -> {});
      assertFalse(text.continuation().contains("cd"));
      assertEquals(text.ending() == Ending.LENGTH, text.continuation().length() == 12);
    }
  }

  // ---- symbol by symbol

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "cab", "ddd"})
  void stream_isTheText_andNothingIsTakenBack(String stop) {
    for (long seed = 0; seed < 40; seed++) {
      GenerationRequest request = sampled(40, seed).withLogProbabilities();
      GenerationRequest stopped = stop.isEmpty() ? request : request.withStop(stop);
      List<GeneratedSymbol> heard = new ArrayList<>();
      GeneratedText text = abcd().generate(stopped, heard::add);
      assertEquals(text.symbols(), heard);
      assertEquals(text.continuation(), joined(heard));
      assertTrue(heard.stream().allMatch(it -> it.logProbability().orElseThrow() < 0));
    }
  }

  /** With a stop string of three, all but the last two are there at once. */
  @Test
  void stream_holdsBackNoMoreThanMayStop() {
    List<Integer> lags = new ArrayList<>();
    int[] steps = {0};
    FakeRows counting =
        new FakeRows(4, 5) {
          @Override
          public void scores(int row, float[] into) {
            steps[0]++;
            super.scores(row, into);
          }
        };
    Vocabulary vocabulary =
        Vocabulary.of(
            Stream.of("a", "b", "c", "d").map(it -> new Vocabulary.Entry(it, 1)).toList());
    List<GeneratedSymbol> heard = new ArrayList<>();
    generation(counting, vocabulary)
        .generate(
            sampled(60, 4).withStop("ddd"),
            symbol -> {
              heard.add(symbol);
              lags.add(steps[0] - heard.size());
            });
    assertTrue(lags.stream().allMatch(lag -> lag <= 2), lags::toString);
    assertTrue(lags.contains(0), lags::toString);
  }

  @Test
  void logProbabilities_onRequestAlone() {
    GeneratedText without = abcd().generate(sampled(5, 1), _ -> {});
    assertTrue(without.symbols().stream().allMatch(it -> it.logProbability().isEmpty()));
    GeneratedText with = abcd().generate(sampled(5, 1).withLogProbabilities(), _ -> {});
    assertEquals(without.continuation(), with.continuation());
    assertTrue(with.symbols().stream().allMatch(it -> it.logProbability().isPresent()));
  }

  // ---- several at once

  @Test
  void samples_areTheSameWhateverTheirNumber() {
    GenerationRequest request = sampled(20, 6).withStop("dcd").withLogProbabilities();
    List<GeneratedText> many = samples(request, 64 + 7);
    assertEquals(many.subList(0, 5), samples(request, 5));
    assertEquals(many.subList(0, 64), samples(request, 64));
    assertEquals(List.of(many.getFirst()), samples(request, 1));
    assertEquals(many.getFirst(), abcd().generate(request, _ -> {}));
    assertTrue(new HashSet<>(many).size() > 20, "they differ from one another");
  }

  @Test
  void sameSeed_sameText() {
    assertEquals(samples(sampled(30, 8), 3), samples(sampled(30, 8), 3));
    assertFalse(samples(sampled(30, 8), 3).equals(samples(sampled(30, 9), 3)));
  }

  @Test
  void samples_thatWouldBeAllTheSame() {
    GenerationRequest greedy = GenerationRequest.greedy("a", 5);
    GenerationRequest searched = GenerationRequest.searched("a", 5, BeamSearch.ofWidth(2));
    assertEquals(1, samples(greedy, 1).size());
    assertEquals(1, samples(searched, 1).size());
    assertThrows(InvalidOptionException.class, () -> samples(greedy, 2));
    assertThrows(InvalidOptionException.class, () -> samples(searched, 2));
    assertThrows(InvalidOptionException.class, () -> samples(sampled(5, 1), 0));
  }

  // ---- the beginning

  @Test
  void begin_isShownAsItWasRead() {
    GenerationRequest request = new GenerationRequest("A，b", 3, Sampler.standard(), 1);
    GeneratedText skipped =
        abcd()
            .generate(
                request.withPrompt(new Prompt.Typed("A，b", Prompt.UnknownSymbols.SKIP)), _ -> {});
    assertEquals("b", skipped.prompt());
    assertEquals("b" + skipped.continuation(), skipped.text());
  }

  @Test
  void begin_ofWhichNothingIsLeft() {
    GenerationRequest request =
        GenerationRequest.greedy("", 3)
            .withPrompt(new Prompt.Typed("xyz", Prompt.UnknownSymbols.SKIP));
    var e = assertThrows(TextTooShortException.class, () -> abcd().generate(request, _ -> {}));
    assertTrue(e.getMessage().contains("of the vocabulary"), e.getMessage());
  }

  private static String joined(List<GeneratedSymbol> symbols) {
    return TOKENIZER.join(symbols.stream().map(GeneratedSymbol::symbol).toList());
  }
}
