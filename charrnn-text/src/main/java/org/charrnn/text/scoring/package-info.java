/**
 * Measurements of given texts by a model: scores, rankings, distributions, embeddings.
 *
 * <p>Input: questions to a {@link org.charrnn.text.LanguageModel}. Output: immutable values, which
 * do not refer to the model.
 */
@NullMarked
package org.charrnn.text.scoring;

import org.jspecify.annotations.NullMarked;
