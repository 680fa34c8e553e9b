/**
 * Chooses one of many ids by their scores, in vectors.
 *
 * <p>Input: the scores of all ids, how to choose among them, and a random number. Output: an id, or
 * that errors of single precision could change the choice, or that its loops are not compiled yet
 * ({@code ChoiceCompilation}). {@code TopScores} selects the highest scores, {@code VectorWeights}
 * weighs scores and draws one.
 */
@NullMarked
package org.charrnn.accel.java.vector.choice;

import org.jspecify.annotations.NullMarked;
