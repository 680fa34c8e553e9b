package org.charrnn.text.generation;

import java.util.Optional;
import org.charrnn.text.config.InvalidOptionException;

/**
 * What to write. The same request gives the same text, on the same accelerator.
 *
 * @param begin the text to begin with, of any length, at least one symbol; the model reads all of
 *     it
 * @param length the most symbols to write after it
 * @param decoding how they are chosen
 * @param seed determines what chance does
 * @param stop if what is written after the beginning comes to contain this, the text ends before
 *     it; it may well consist of several symbols, or parts of them
 * @param unknown what becomes of symbols to begin with that the vocabulary lacks
 * @param logProbabilities whether to compute the log-probability of each symbol
 */
public record GenerationRequest(
    String begin,
    int length,
    Decoding decoding,
    long seed,
    Optional<String> stop,
    UnknownSymbols unknown,
    boolean logProbabilities) {
  /** Checks the length and the stop string. */
  public GenerationRequest {
    if (length < 0) {
      throw new InvalidOptionException("length", length, "at least 0");
    }
    if (stop.isPresent() && stop.get().isEmpty()) {
      throw new InvalidOptionException("stop", "''", "at least one character");
    }
  }

  /** A text of full length, from a beginning that the vocabulary has. */
  public GenerationRequest(String begin, int length, Decoding decoding, long seed) {
    this(begin, length, decoding, seed, Optional.empty(), UnknownSymbols.ERROR, false);
  }

  /** The most probable continuation, symbol by symbol. */
  public static GenerationRequest greedy(String begin, int length) {
    return new GenerationRequest(begin, length, Sampler.greedy(), 0);
  }

  /** A continuation that is drawn, see {@link Sampler#temperature}. */
  public static GenerationRequest sampled(String begin, int length, double temperature, long seed) {
    return new GenerationRequest(begin, length, Sampler.temperature(temperature), seed);
  }

  /** A continuation that is searched for. */
  public static GenerationRequest searched(String begin, int length, BeamSearch search) {
    return new GenerationRequest(begin, length, search, 0);
  }

  /** The same, ending before this string. */
  public GenerationRequest withStop(String string) {
    return new GenerationRequest(
        begin, length, decoding, seed, Optional.of(string), unknown, logProbabilities);
  }

  /** The same, with another way to deal with symbols to begin with that the vocabulary lacks. */
  public GenerationRequest withUnknown(UnknownSymbols policy) {
    return new GenerationRequest(begin, length, decoding, seed, stop, policy, logProbabilities);
  }

  /** The same, with the log-probability of each symbol. */
  public GenerationRequest withLogProbabilities() {
    return new GenerationRequest(begin, length, decoding, seed, stop, unknown, true);
  }
}
