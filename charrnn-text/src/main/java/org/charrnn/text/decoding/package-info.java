/**
 * Decides how texts continue, from scores. Not exported: {@link org.charrnn.text.LanguageModel} is
 * the entry point.
 *
 * <p>Input: scores of the next id of each row of a {@link org.charrnn.text.decoding.Scorer}, and
 * the decoding of a {@link org.charrnn.text.generation.GenerationRequest}. Output: the ids to read
 * next, and {@link org.charrnn.text.decoding.Hypothesis hypotheses}. A {@link
 * org.charrnn.text.decoding.Decoder} is asked after each step: {@link
 * org.charrnn.text.decoding.SampledText} continues one row, {@link
 * org.charrnn.text.decoding.BeamDecoder} several, one hypothesis in each. Package {@code
 * org.charrnn.text.choice} chooses the ids of the former.
 */
@NullMarked
package org.charrnn.text.decoding;

import org.jspecify.annotations.NullMarked;
