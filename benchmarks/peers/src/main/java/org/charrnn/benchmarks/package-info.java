/**
 * What others take for the same windows. It shares the package of the benchmarks, whose text,
 * windows and measuring it uses; a jar of its own, since libtorch weighs a hundred megabytes.
 */
@NullMarked
package org.charrnn.benchmarks;

import org.jspecify.annotations.NullMarked;
