/**
 * Kernels: matrix products, element-wise expressions, and calls of Java methods, each of which is
 * written as a class whose operands and sizes are constants.
 *
 * <p>Input: {@linkplain org.charrnn.accel.tornado.layout.DeviceMatrix matrices} on the device.
 * Output: {@linkplain org.charrnn.accel.tornado.kernel.Launch launches}, and the task that
 * TornadoVM compiles for each of them ({@link org.charrnn.accel.tornado.kernel.KernelClass}).
 *
 * <p>A {@link org.charrnn.accel.tornado.kernel.Kernel} is a record of numbers. An emitter writes
 * its bytecode: either all of it, or a call of a static Java method ({@link
 * org.charrnn.accel.tornado.kernel.MethodKernel}). All kernels use {@code KernelContext}. Executed
 * as sequential Java, as TornadoVM does by default when compilation fails, they would compute only
 * the first element, so that such a fallback cannot pass for a result.
 *
 * <p>No kernel passes a local array to another method, see {@link
 * org.charrnn.accel.tornado.kernel.LargeTile}; a test checks the code of all kernels.
 */
@NullMarked
package org.charrnn.accel.tornado.kernel;

import org.jspecify.annotations.NullMarked;
