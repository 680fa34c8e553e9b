/**
 * The plain-Java accelerators: "java", which needs no flag, and "java-vector", which needs the
 * Vector API.
 *
 * <p>Before them stands a program of {@code org.charrnn.graph}, after them the buffers that the
 * program wrote.
 */
@NullMarked
package org.charrnn.accel.java;

import org.jspecify.annotations.NullMarked;
