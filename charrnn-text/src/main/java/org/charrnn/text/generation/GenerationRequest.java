package org.charrnn.text.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.unicode.Surrogates;

/**
 * What to generate. The same request gives the same text on the same accelerator, unless a time
 * limit ends it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param prompt the text that generation starts from, of any length; the model reads all of it
 * @param length the maximum number of symbols to generate after it
 * @param decoding how symbols are chosen
 * @param seed determines all random choices
 * @param stops if the text after the prompt comes to contain one of these strings, it ends before
 *     it; the string need not begin or end at the boundary of a symbol
 * @param bias is added to the scores of these symbols before any rule of the decoding: a number, or
 *     negative infinity for a symbol that must not be generated
 * @param logProbabilities whether to compute the log-probability of each symbol
 * @param alternatives how many of the most probable symbols to list at each position
 * @param timeLimit the time after which the text ends, from the first request for one of its
 *     symbols
 */
public record GenerationRequest(
    Prompt prompt,
    int length,
    Decoding decoding,
    long seed,
    List<String> stops,
    Map<String, Double> bias,
    boolean logProbabilities,
    int alternatives,
    Optional<Duration> timeLimit) {

  /**
   * Checks everything but the prompt and the decoding, which are checked already.
   *
   * @throws InvalidOptionException if a number is out of range or a stop string is empty; the
   *     message names it
   */
  public GenerationRequest {
    if (length < 0) {
      throw new InvalidOptionException("length", length, "at least 0");
    }
    stops = List.copyOf(stops);
    stops.forEach(GenerationRequest::requireStop);
    bias = Map.copyOf(bias);
    bias.forEach(GenerationRequest::requireBias);
    if (alternatives < 0) {
      throw new InvalidOptionException("alternatives", alternatives, "at least 0");
    }
    if (timeLimit.isPresent() && timeLimit.get().isNegative()) {
      throw new InvalidOptionException("timeLimit", timeLimit.get(), "at least zero");
    }
  }

  private static void requireStop(String stop) {
    if (stop.isEmpty()) {
      throw new InvalidOptionException("stop", "''", "at least one character");
    }
    if (Surrogates.firstUnpaired(stop) >= 0) {
      throw new InvalidOptionException("stop", stop, "text without unpaired surrogates");
    }
  }

  private static void requireBias(String symbol, double value) {
    if (!(value < Double.POSITIVE_INFINITY)) { // written so that NaN fails
      throw new InvalidOptionException(
          "bias", symbol + "=" + value, "numbers, or negative infinity");
    }
  }

  /**
   * A text with at most one stop string.
   *
   * @param prompt the text to continue
   * @param length the maximum number of symbols to generate
   * @param decoding how symbols are chosen
   * @param seed determines all random choices
   * @param stop ends the text before it, if it is present
   * @param logProbabilities whether to compute the log-probability of each symbol
   * @throws InvalidOptionException if the length is negative, or the stop string is empty or has an
   *     unpaired surrogate
   */
  public GenerationRequest(
      Prompt prompt,
      int length,
      Decoding decoding,
      long seed,
      Optional<String> stop,
      boolean logProbabilities) {
    this(
        prompt,
        length,
        decoding,
        seed,
        stop.stream().toList(),
        Map.of(),
        logProbabilities,
        0,
        Optional.empty());
  }

  /**
   * A text of full length after a prompt.
   *
   * @param prompt the text to continue
   * @param length the maximum number of symbols to generate
   * @param decoding how symbols are chosen
   * @param seed determines all random choices
   * @throws InvalidOptionException if the length is negative
   */
  public GenerationRequest(Prompt prompt, int length, Decoding decoding, long seed) {
    this(prompt, length, decoding, seed, Optional.empty(), false);
  }

  /**
   * A text of full length after a prompt all of whose symbols are in the vocabulary.
   *
   * @param prompt the text to continue
   * @param length the maximum number of symbols to generate
   * @param decoding how symbols are chosen
   * @param seed determines all random choices
   * @throws InvalidOptionException if the length is negative or the prompt has an unpaired
   *     surrogate
   */
  public GenerationRequest(String prompt, int length, Decoding decoding, long seed) {
    this(Prompt.of(prompt), length, decoding, seed);
  }

  /**
   * {@return the most probable continuation, symbol by symbol}
   *
   * @param prompt the text to continue
   * @param length the maximum number of symbols to generate
   * @throws InvalidOptionException if the length is negative or the prompt has an unpaired
   *     surrogate
   */
  public static GenerationRequest greedy(String prompt, int length) {
    return new GenerationRequest(prompt, length, Sampler.greedy(), 0);
  }

  /**
   * {@return a random continuation, see {@link Sampler#temperature}}
   *
   * @param prompt the text to continue
   * @param length the maximum number of symbols to generate
   * @param temperature divides the logits, at least 0
   * @param seed determines all random choices
   * @throws InvalidOptionException if the length or the temperature is negative, or the prompt has
   *     an unpaired surrogate
   */
  public static GenerationRequest sampled(
      String prompt, int length, double temperature, long seed) {
    return new GenerationRequest(prompt, length, Sampler.temperature(temperature), seed);
  }

  /**
   * {@return a continuation found by a beam search}
   *
   * @param prompt the text to continue
   * @param length the maximum number of symbols to generate
   * @param search the options of the beam search
   * @throws InvalidOptionException if the length is negative or the prompt has an unpaired
   *     surrogate
   */
  public static GenerationRequest searched(String prompt, int length, BeamSearch search) {
    return new GenerationRequest(prompt, length, search, 0);
  }

  /**
   * {@return the same request with another prompt}
   *
   * @param newPrompt the text to continue
   */
  public GenerationRequest withPrompt(Prompt newPrompt) {
    return new GenerationRequest(
        newPrompt, length, decoding, seed, stops, bias, logProbabilities, alternatives, timeLimit);
  }

  /**
   * {@return the same request, ending before this string as well}
   *
   * @param string the string that ends the text, at least one character
   * @throws InvalidOptionException if it is empty or has an unpaired surrogate
   */
  public GenerationRequest withStop(String string) {
    List<String> all = new ArrayList<>(stops);
    all.add(string);
    return new GenerationRequest(
        prompt, length, decoding, seed, all, bias, logProbabilities, alternatives, timeLimit);
  }

  /**
   * {@return the same request with these {@linkplain #bias numbers} added to the scores}
   *
   * @param scores numbers by symbol, added to logits; negative infinity bans a symbol. They replace
   *     those of this request.
   * @throws InvalidOptionException if a number is not a number or positive infinity
   */
  public GenerationRequest withBias(Map<String, Double> scores) {
    return new GenerationRequest(
        prompt, length, decoding, seed, stops, scores, logProbabilities, alternatives, timeLimit);
  }

  /** {@return the same request, with the log-probability of each symbol} */
  public GenerationRequest withLogProbabilities() {
    return new GenerationRequest(
        prompt, length, decoding, seed, stops, bias, true, alternatives, timeLimit);
  }

  /**
   * {@return the same request, with the most probable symbols at each position}
   *
   * @param count the number of alternatives at each position, at least 0
   * @throws InvalidOptionException if it is negative
   */
  public GenerationRequest withAlternatives(int count) {
    return new GenerationRequest(
        prompt, length, decoding, seed, stops, bias, logProbabilities, count, timeLimit);
  }

  /**
   * {@return the same request, which ends after this time with the symbols that are there}
   *
   * @param limit the time from the first request for a symbol, at least zero
   * @throws InvalidOptionException if it is negative
   */
  public GenerationRequest withTimeLimit(Duration limit) {
    return new GenerationRequest(
        prompt,
        length,
        decoding,
        seed,
        stops,
        bias,
        logProbabilities,
        alternatives,
        Optional.of(limit));
  }
}
