/**
 * Models as ONNX graphs.
 *
 * <p>Input: a saved model. Output: a graph with dynamic length and batch size, whose layers are the
 * fused operators of ONNX for the bundled cells and, for any other cell, a {@code Scan} that is
 * written from the step that the cell records. {@code OnnxReader} reads such graphs.
 */
@NullMarked
package org.charrnn.interchange.onnx;

import org.jspecify.annotations.NullMarked;
