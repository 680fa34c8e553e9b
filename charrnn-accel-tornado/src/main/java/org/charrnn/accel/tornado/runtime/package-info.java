/**
 * Sessions: memory on a device, programs that are lowered and run there, and transfers.
 *
 * <p>Input: programs and memories of the accelerator SPI. {@link
 * org.charrnn.accel.tornado.runtime.TornadoSession} assigns each memory a position in one array of
 * floats and one of integers, which stay on the device. {@link
 * org.charrnn.accel.tornado.runtime.PlanExecutor} makes task graphs of the launches of a program
 * and executes them. A {@link org.charrnn.accel.tornado.runtime.DeviceTarget} allocates the memory:
 * a device of TornadoVM, or plain Java in tests.
 */
@NullMarked
package org.charrnn.accel.tornado.runtime;

import org.jspecify.annotations.NullMarked;
