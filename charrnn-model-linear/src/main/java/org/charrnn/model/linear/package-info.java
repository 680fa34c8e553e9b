/**
 * Recurrent cells without recurrent products as plugins: "min-gru", "min-lstm" and "sru". Their
 * weights multiply only the input, so that {@code org.charrnn.graph} computes all products of a
 * window before the loop over time, and what is left in the loop touches each unit alone.
 *
 * <p>Input: the embedded or one-hot input of a step. Output: the new state, which the next layer or
 * the output layer reads. A layer of such a cell computes less than a layer of a GRU and remembers
 * less; several layers make up for that.
 */
@NullMarked
package org.charrnn.model.linear;

import org.jspecify.annotations.NullMarked;
