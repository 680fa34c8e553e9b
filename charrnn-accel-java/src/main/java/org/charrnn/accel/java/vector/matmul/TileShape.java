package org.charrnn.accel.java.vector.matmul;

/**
 * The blocks for which a {@link RegisterTile} is generated.
 *
 * @param rows the rows of the block
 * @param vectors the vectors that make up its columns
 * @param rightStride from one row of the right operand to the next
 */
record TileShape(int rows, int vectors, int rightStride) {}
