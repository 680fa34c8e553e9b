/**
 * Single kernels, measured by JMH as shares of what the machine can do.
 *
 * <p>Before this room stands {@code benchmarks/kernels.sh}; after it stands a table. A kernel is
 * reached as a user reaches it, as a program of one op on an accelerator.
 */
@NullMarked
package org.charrnn.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
