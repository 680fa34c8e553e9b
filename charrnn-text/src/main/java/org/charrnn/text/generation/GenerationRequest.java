package org.charrnn.text.generation;

import java.util.Optional;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.unicode.Surrogates;

/**
 * What to generate. The same request gives the same text on the same accelerator.
 *
 * @param prompt the text that generation starts from, of any length; the model reads all of it
 * @param length the maximum number of symbols to generate after it
 * @param decoding how symbols are chosen
 * @param seed determines all random choices
 * @param stop if the text after the prompt comes to contain this string, it ends before it; the
 *     string need not begin or end at the boundary of a symbol
 * @param logProbabilities whether to compute the log-probability of each symbol
 */
public record GenerationRequest(
    Prompt prompt,
    int length,
    Decoding decoding,
    long seed,
    Optional<String> stop,
    boolean logProbabilities) {
  /** Checks the length and the stop string. */
  public GenerationRequest {
    if (length < 0) {
      throw new InvalidOptionException("length", length, "at least 0");
    }
    if (stop.isPresent() && stop.get().isEmpty()) {
      throw new InvalidOptionException("stop", "''", "at least one character");
    }
    if (stop.isPresent() && Surrogates.firstUnpaired(stop.get()) >= 0) {
      throw new InvalidOptionException("stop", stop.get(), "text without unpaired surrogates");
    }
  }

  /** A text of full length after a prompt all of whose symbols are in the vocabulary. */
  public GenerationRequest(String prompt, int length, Decoding decoding, long seed) {
    this(Prompt.of(prompt), length, decoding, seed, Optional.empty(), false);
  }

  /** The most probable continuation, symbol by symbol. */
  public static GenerationRequest greedy(String prompt, int length) {
    return new GenerationRequest(prompt, length, Sampler.greedy(), 0);
  }

  /** A random continuation, see {@link Sampler#temperature}. */
  public static GenerationRequest sampled(
      String prompt, int length, double temperature, long seed) {
    return new GenerationRequest(prompt, length, Sampler.temperature(temperature), seed);
  }

  /** A continuation found by a beam search. */
  public static GenerationRequest searched(String prompt, int length, BeamSearch search) {
    return new GenerationRequest(prompt, length, search, 0);
  }

  /** The same request with another prompt. */
  public GenerationRequest withPrompt(Prompt newPrompt) {
    return new GenerationRequest(newPrompt, length, decoding, seed, stop, logProbabilities);
  }

  /** The same request, ending before this string. */
  public GenerationRequest withStop(String string) {
    return new GenerationRequest(
        prompt, length, decoding, seed, Optional.of(string), logProbabilities);
  }

  /** The same request, with the log-probability of each symbol. */
  public GenerationRequest withLogProbabilities() {
    return new GenerationRequest(prompt, length, decoding, seed, stop, true);
  }
}
