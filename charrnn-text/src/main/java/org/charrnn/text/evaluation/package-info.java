/**
 * Results of evaluation: {@linkplain org.charrnn.text.evaluation.Surprisal surprisals} of a given
 * text, {@linkplain org.charrnn.text.evaluation.TextMeasures measures} of generated text, and the
 * {@linkplain org.charrnn.text.evaluation.Baseline losses of n-gram models} to compare a network
 * with.
 *
 * <p>Input: texts, and the scores of a {@link org.charrnn.text.LanguageModel}. Output: records for
 * the commands {@code evaluate} and {@code baseline} and for the report of a run.
 */
@NullMarked
package org.charrnn.text.evaluation;

import org.jspecify.annotations.NullMarked;
