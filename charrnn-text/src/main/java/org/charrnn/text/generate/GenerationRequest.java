package org.charrnn.text.generate;

/**
 * What to write.
 *
 * @param begin the text to begin with, at least one symbol, all of which the vocabulary has
 * @param length the number of symbols to write after it
 * @param sampler how each is chosen
 * @param seed determines what chance does
 */
public record GenerationRequest(String begin, int length, Sampler sampler, long seed) {
  /** Checks the length. */
  public GenerationRequest {
    if (length < 0) {
      throw new IllegalArgumentException("length must be at least 0: " + length);
    }
  }

  /** The most probable continuation, symbol by symbol. */
  public static GenerationRequest greedy(String begin, int length) {
    return new GenerationRequest(begin, length, Sampler.greedy(), 0);
  }

  /** A continuation that is drawn, see {@link Sampler#temperature}. */
  public static GenerationRequest sampled(String begin, int length, double temperature, long seed) {
    return new GenerationRequest(begin, length, Sampler.temperature(temperature), seed);
  }
}
