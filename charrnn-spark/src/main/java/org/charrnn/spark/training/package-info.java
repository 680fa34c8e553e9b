/**
 * Training in rounds on Spark. Each round is a plain job: a task for each worker, a shuffle that
 * sums their results slice by slice in the order of the workers, and a sum that the driver
 * collects. Tasks are functions of their input, so that a lost executor is computed again to the
 * same bytes, and results do not depend on the number of executors.
 *
 * <p>Input: a {@linkplain org.charrnn.spark.files.HadoopText text}, a configuration, and a Spark
 * session. Output: what any {@link org.charrnn.text.Trainer} gives.
 */
@NullMarked
package org.charrnn.spark.training;

import org.jspecify.annotations.NullMarked;
