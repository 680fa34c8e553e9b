/**
 * How other libraries store the weights of the bundled cells.
 *
 * <p>Input: tensors by the names and in the layout of charrnn, {@code y = x W} with {@code W [in,
 * out]}. Output: one matrix for all gates of a layer, transposed and stacked in the order of the
 * other library; and the way back.
 */
@NullMarked
package org.charrnn.interchange.layout;

import org.jspecify.annotations.NullMarked;
