/**
 * Generates text symbol by symbol. Not exported: {@link org.charrnn.text.LanguageModel} is the
 * entry point.
 *
 * <p>Input: a {@link org.charrnn.text.decoding.Scorer}, which reads ids in several rows at once and
 * scores the next ones, and a {@link org.charrnn.text.generation.GenerationRequest}. Output: {@link
 * org.charrnn.text.generation.GeneratedText}. {@link org.charrnn.text.decoding.Sampling} generates
 * a text in each row, {@link org.charrnn.text.decoding.BeamDecoder} keeps one {@link
 * org.charrnn.text.decoding.Hypothesis} in each. All arithmetic is in double precision, on copies.
 */
@NullMarked
package org.charrnn.text.decoding;

import org.jspecify.annotations.NullMarked;
