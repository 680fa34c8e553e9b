package org.charrnn.text.generation;

/**
 * How a text is made of what a model says about the next symbol: by {@linkplain Sampler drawing} or
 * taking one symbol after another, or by a {@linkplain BeamSearch search} for a probable whole.
 *
 * <p>Either sees the true scores of the model in double precision, works on a copy, and leaves the
 * model alone.
 */
public sealed interface Decoding permits Sampler, BeamSearch {

  /** What is done against repetition, before anything else. */
  Repetition repetition();
}
