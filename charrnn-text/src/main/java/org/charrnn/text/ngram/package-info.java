/**
 * N-gram models. Not exported: {@link org.charrnn.text.evaluation.Baseline} is the entry point.
 *
 * <p>Input: ids of a training text and of a held-out text. Output: the loss of each order.
 */
@NullMarked
package org.charrnn.text.ngram;

import org.jspecify.annotations.NullMarked;
