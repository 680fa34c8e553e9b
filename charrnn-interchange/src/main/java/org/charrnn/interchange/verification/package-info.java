/**
 * Proof that an exported model computes the same numbers.
 *
 * <p>Input: a saved model and what was exported. Output: the largest difference between the logits
 * and states of the two, over several windows that carry their state.
 */
@NullMarked
package org.charrnn.interchange.verification;

import org.jspecify.annotations.NullMarked;
