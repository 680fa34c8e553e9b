/**
 * The same training step in libtorch.
 *
 * <p>Input: the arguments that {@code compare.sh} passes. Output: the line of JSON that "bench"
 * prints. The package is that of the benchmarks, whose text, windows and measurement it uses; the
 * jar is separate because libtorch has a hundred megabytes.
 */
@NullMarked
package org.charrnn.benchmarks;

import org.jspecify.annotations.NullMarked;
