/**
 * The models of ml5.js's charRNN: a folder of raw floats with a manifest, from TensorFlow's
 * BasicLSTMCell.
 *
 * <p>Input: such a folder. Output: weights in the layout of charrnn.
 */
@NullMarked
package org.charrnn.interchange.ml5;

import org.jspecify.annotations.NullMarked;
