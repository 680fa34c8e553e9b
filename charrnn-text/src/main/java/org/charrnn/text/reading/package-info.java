/**
 * How a model reads given texts: evaluations, scores and embeddings, as work for the {@linkplain
 * org.charrnn.text.engine engine} that all requests share, and states as bytes.
 *
 * <p>Input: texts, encoded with the vocabulary of a model. Output: the values of {@link
 * org.charrnn.text.scoring}.
 */
@NullMarked
package org.charrnn.text.reading;

import org.jspecify.annotations.NullMarked;
