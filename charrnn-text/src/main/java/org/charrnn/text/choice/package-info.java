/**
 * Chooses one of many ids by their scores, exactly and fast. Not exported.
 *
 * <p>Input: the scores of all ids, a {@link org.charrnn.text.generation.Sampler}, and a random
 * number. Output: an id. A {@link org.charrnn.text.choice.TokenChooser} asks {@code QuickChoice},
 * which weighs scores in 32 bits and then in 64, and leaves the few choices that rounding could
 * change to {@code ExactChoice}, the definition in double precision. If the accelerator has a
 * chooser, it asks that first.
 */
@NullMarked
package org.charrnn.text.choice;

import org.jspecify.annotations.NullMarked;
