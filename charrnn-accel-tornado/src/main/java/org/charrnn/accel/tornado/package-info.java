/**
 * The GPU accelerator "tornado": kernels written in Java that TornadoVM compiles for OpenCL, PTX or
 * CUDA.
 *
 * <p>Input: compiled programs. Output: task graphs that TornadoVM executes on a device. The stages
 * are packages; each uses only those below it:
 *
 * <ol>
 *   <li>This package finds TornadoVM's runtime and its devices, or reports why there is none
 *       ({@link org.charrnn.accel.tornado.Devices}), and checks a device before it is used ({@link
 *       org.charrnn.accel.tornado.SelfCheck}).
 *   <li>{@link org.charrnn.accel.tornado.runtime} runs programs in sessions.
 *   <li>{@link org.charrnn.accel.tornado.lowering} turns the instructions of a program into
 *       launches of kernels.
 *   <li>{@link org.charrnn.accel.tornado.op} and {@link org.charrnn.accel.tornado.kernel} are the
 *       kernels.
 *   <li>{@link org.charrnn.accel.tornado.layout} says where matrices are stored and how many work
 *       items run a kernel.
 * </ol>
 */
@NullMarked
package org.charrnn.accel.tornado;

import org.jspecify.annotations.NullMarked;
