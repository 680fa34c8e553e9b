/**
 * Character language models on Apache Spark: stages of Spark ML that score texts, generate texts
 * and train models, and a function for SQL.
 *
 * <p>Input: data frames with a column of texts. Output: data frames with further columns, and
 * ordinary checkpoints. Results depend neither on the number of executors nor on that of
 * partitions.
 */
@NullMarked
package org.charrnn.spark;

import org.jspecify.annotations.NullMarked;
