/**
 * How a text comes about, symbol by symbol. Not exported: {@link org.charrnn.text.LanguageModel} is
 * the way in.
 *
 * <p>Before this room stands a {@link org.charrnn.text.decode.Scorer}, which reads ids in several
 * rows side by side and scores what may follow in each, and a {@link
 * org.charrnn.text.generation.Decoding}, which says what to make of the scores; after it stand
 * {@link org.charrnn.text.decode.Hypothesis}s, which become text. {@link
 * org.charrnn.text.decode.Sampling} writes a text in each row, {@link
 * org.charrnn.text.decode.BeamDecoder} follows one beginning in each. All arithmetic is in double
 * precision and on copies.
 */
@NullMarked
package org.charrnn.text.decode;

import org.jspecify.annotations.NullMarked;
