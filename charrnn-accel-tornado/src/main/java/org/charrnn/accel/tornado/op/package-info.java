/**
 * The kernels of ops other than products and expressions: tables, sums, cross entropy and random
 * numbers. Each is a record of its operands with a static method that computes one work item.
 *
 * <p>The records and their methods are public because written kernels call the methods from another
 * class loader; see {@link org.charrnn.accel.tornado.kernel.MethodKernel}.
 */
@NullMarked
package org.charrnn.accel.tornado.op;

import org.jspecify.annotations.NullMarked;
