/**
 * The command {@code spark-train}.
 *
 * <p>Input: the options of {@code train}. Output: what {@code train} writes, after a training on
 * Spark.
 */
@NullMarked
package org.charrnn.spark.command;

import org.jspecify.annotations.NullMarked;
