/**
 * Classes that are generated while the program runs.
 *
 * <p>Input: instructions that an emitter writes, with {@link
 * org.charrnn.accel.java.codegen.VectorCode} and {@link
 * org.charrnn.accel.java.codegen.VectorEmitter} for the calls of the Vector API. Output: an
 * instance of a new class, which {@link org.charrnn.accel.java.codegen.GeneratedClass} defines.
 */
@NullMarked
package org.charrnn.accel.java.codegen;

import org.jspecify.annotations.NullMarked;
