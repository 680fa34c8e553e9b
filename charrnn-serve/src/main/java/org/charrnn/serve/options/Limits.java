package org.charrnn.serve.options;

import java.time.Duration;

/**
 * What a server accepts.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param maxBody the maximum size of the body of a request in bytes
 * @param maxPrompt the maximum length of a prompt or of a text in symbols
 * @param maxTokens the maximum number of symbols to generate for one completion
 * @param completions the maximum number of completions of one request
 * @param running how many requests are computed at once
 * @param queue how many more wait; further ones are rejected with status 429
 * @param patience how long a request may wait
 * @param time how long a request may take
 */
public record Limits(
    long maxBody,
    int maxPrompt,
    int maxTokens,
    int completions,
    int running,
    int queue,
    Duration patience,
    Duration time) {

  /** The defaults of the command line. */
  public static final Limits DEFAULT =
      new Limits(
          1 << 22, 1_000_000, 100_000, 64, 64, 256, Duration.ofSeconds(30), Duration.ofMinutes(10));

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is out of range; the message names it
   */
  public Limits {
    require(maxBody > 0 && maxBody < Integer.MAX_VALUE, "maxBody");
    require(maxPrompt > 0, "maxPrompt");
    require(maxTokens > 0, "maxTokens");
    require(completions > 0, "completions");
    require(running > 0, "running");
    require(queue >= 0, "queue");
  }

  private static void require(boolean valid, String name) {
    if (!valid) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }

  /**
   * {@return the same with another number of requests that may wait}
   *
   * @param requests the number of requests
   */
  public Limits withQueue(int requests) {
    return new Limits(
        maxBody, maxPrompt, maxTokens, completions, running, requests, patience, time);
  }
}
