package org.charrnn.text.generation;

/**
 * How text is generated from the probabilities of a model: by {@linkplain Sampler choosing} one
 * symbol after another, or by a {@linkplain BeamSearch search} for a probable text.
 *
 * <p>Both work on a copy of the scores of the model, in double precision. They do not change the
 * model.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Decoding permits Sampler, BeamSearch {

  /** {@return the rules against repetition, which apply before anything else} */
  Repetition repetition();
}
