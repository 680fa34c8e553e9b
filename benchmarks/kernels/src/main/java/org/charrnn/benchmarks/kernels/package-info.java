/**
 * Single kernels, measured with JMH as shares of the peak of the machine.
 *
 * <p>Input: none; {@code benchmarks/kernels.sh} runs them. Output: a Markdown table. A kernel is
 * called through the public API, as a program of one op on an accelerator.
 */
@NullMarked
package org.charrnn.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
