package org.charrnn.text.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.charrnn.text.config.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest {

  private static void assertRefused(String option, Executable making) {
    var e = assertThrows(InvalidOptionException.class, making);
    assertEquals(option, e.option());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void temperature_impossible(double temperature) {
    assertRefused("temperature", () -> Sampler.temperature(temperature));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void topK_impossible(int k) {
    assertRefused("topK", () -> Sampler.standard().withTopK(k));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0000001, Double.NaN})
  void topP_impossible(double p) {
    assertRefused("topP", () -> Sampler.standard().withTopP(p));
  }

  @Test
  void greedy_hasNothingToFilter() {
    assertRefused("topK", () -> Sampler.greedy().withTopK(3));
    assertRefused("topP", () -> Sampler.greedy().withTopP(0.5));
    assertEquals(Sampler.greedy(), Sampler.temperature(0).withTopP(1).withTopK(Sampler.ALL));
    assertTrue(Sampler.greedy().isGreedy());
    assertFalse(Sampler.standard().isGreedy());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void repetitionPenalty_impossible(double penalty) {
    assertRefused("repetitionPenalty", () -> new Decoding.Repetition(penalty, 0));
  }

  @Test
  void noRepeatNgram_impossible() {
    assertRefused("noRepeatNgram", () -> new Decoding.Repetition(1, -1));
  }

  @Test
  void beam_impossible() {
    assertRefused("beam", () -> BeamSearch.ofWidth(0));
    assertRefused("beam", () -> BeamSearch.ofWidth(BeamSearch.MAX_WIDTH + 1));
    assertRefused("lengthPenalty", () -> new BeamSearch(2, -0.5, Decoding.Repetition.ALLOWED));
    assertRefused(
        "lengthPenalty", () -> new BeamSearch(2, Double.NaN, Decoding.Repetition.ALLOWED));
  }

  @Test
  void request_impossible() {
    assertRefused("length", () -> GenerationRequest.greedy("a", -1));
    GenerationRequest request = GenerationRequest.greedy("a", 1);
    assertRefused("stop", () -> request.withStop(""));
    assertRefused("bias", () -> request.withBias(Map.of("b", Double.NaN)));
    assertRefused("bias", () -> request.withBias(Map.of("b", Double.POSITIVE_INFINITY)));
    assertRefused("alternatives", () -> request.withAlternatives(-1));
    assertRefused("timeLimit", () -> request.withTimeLimit(Duration.ofNanos(-1)));
  }

  @Test
  void unknown_byName() {
    assertEquals(Prompt.UnknownSymbols.SIMILAR, Prompt.UnknownSymbols.named("Similar"));
    var e = assertThrows(InvalidOptionException.class, () -> Prompt.UnknownSymbols.named("drop"));
    assertEquals("unknown must be one of error, skip, similar: drop", e.getMessage());
  }

  @Test
  void withers_changeOneThing() {
    Decoding.Repetition repetition = new Decoding.Repetition(1.2, 4);
    assertEquals(
        new Sampler(0.7, 5, 0.8, repetition),
        Sampler.temperature(0.7).withTopK(5).withTopP(0.8).withRepetition(repetition));
    GenerationRequest request = GenerationRequest.sampled("a", 3, 0.7, 9);
    assertEquals(List.of("b"), request.withStop("b").stops());
    assertEquals(List.of("b", "c"), request.withStop("b").withStop("c").stops());
    assertEquals(Map.of("b", 1.5), request.withBias(Map.of("b", 1.5)).bias());
    assertEquals(3, request.withAlternatives(3).alternatives());
    assertEquals(Duration.ofSeconds(2), limited(request).timeLimit().orElseThrow());
    Prompt skipping = new Prompt.Typed("山", Prompt.UnknownSymbols.SKIP);
    assertEquals(skipping, request.withPrompt(skipping).prompt());
    assertTrue(request.withStop("b").withLogProbabilities().logProbabilities());
    assertEquals(List.of("b"), request.withStop("b").withLogProbabilities().stops());
    GenerationRequest all = limited(request.withStop("b").withBias(Map.of("b", 1.5)));
    GenerationRequest more = all.withAlternatives(1).withLogProbabilities().withPrompt(skipping);
    assertEquals(all.stops(), more.stops());
    assertEquals(all.bias(), more.bias());
    assertEquals(all.timeLimit(), more.timeLimit());
  }

  private static GenerationRequest limited(GenerationRequest request) {
    return request.withTimeLimit(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD840", "a\uDC00", "\uD840b"})
  void unpairedSurrogates_areRefused(String text) {
    GenerationRequest request = GenerationRequest.greedy("a", 3);
    assertRefused("stop", () -> request.withStop(text));
    assertRefused("prompt", () -> GenerationRequest.greedy(text, 3));
  }
}
