/**
 * The plain-Java accelerators: "java", which needs no flag, and "java-vector", which needs the
 * Vector API.
 *
 * <p>Input: programs of {@code org.charrnn.graph}. Output: the memory that they write. Both share
 * {@link org.charrnn.accel.java.runtime}; {@link org.charrnn.accel.java.rows} and {@link
 * org.charrnn.accel.java.vector} contain their inner loops and matrix products.
 */
@NullMarked
package org.charrnn.accel.java;

import org.jspecify.annotations.NullMarked;
