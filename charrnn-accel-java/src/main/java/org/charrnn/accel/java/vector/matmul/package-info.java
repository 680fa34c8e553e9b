/**
 * Matrix products on the vector units of the processor.
 *
 * <p>Input: {@linkplain org.charrnn.accel.java.vector.matmul.Products products} of operands whose
 * rows are contiguous. Output: tasks. Large products are computed in blocks by {@link
 * org.charrnn.accel.java.vector.matmul.Product}, from packed operands; products of few rows, for
 * which packing does not pay, by {@link org.charrnn.accel.java.vector.matmul.DotProduct} and {@link
 * org.charrnn.accel.java.vector.matmul.StreamedProduct}.
 */
@NullMarked
package org.charrnn.accel.java.vector.matmul;

import org.jspecify.annotations.NullMarked;
