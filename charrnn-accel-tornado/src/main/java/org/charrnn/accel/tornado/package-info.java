/**
 * The GPU accelerator "tornado": kernels written in Java that TornadoVM compiles for OpenCL, PTX or
 * another of its backends.
 *
 * <p>Before this room stand programs, from {@link org.charrnn.api.network} or anyone else; after it
 * stands TornadoVM. What flows through:
 *
 * <ol>
 *   <li>{@link org.charrnn.accel.tornado.Devices} looks for a runtime and its devices, and says why
 *       there is none.
 *   <li>{@link org.charrnn.accel.tornado.TornadoSession} gives each memory a place in one array of
 *       floats and one of integers, which stay on the device.
 *   <li>{@link org.charrnn.accel.tornado.Lowering} turns the instructions of a program into
 *       {@linkplain org.charrnn.accel.tornado.Launch launches}: kernels with all their numbers. It
 *       knows nothing of TornadoVM's runtime, so that its work can be tested as plain Java.
 *   <li>{@link org.charrnn.accel.tornado.Executor} makes task graphs of launches and executes them.
 * </ol>
 *
 * <p>A {@link org.charrnn.accel.tornado.Kernel} is a record of numbers. A class is written for it,
 * in which they are constants ({@link org.charrnn.accel.tornado.KernelClass}): either all of its
 * code, or a call of a method in Java ({@link org.charrnn.accel.tornado.MethodKernel}). All kernels
 * use {@code KernelContext}: executed as sequential Java, as TornadoVM does when compilation fails,
 * they would compute nothing but the first element, so a fallback cannot pass for a result.
 */
@NullMarked
package org.charrnn.accel.tornado;

import org.jspecify.annotations.NullMarked;
