package org.charrnn.spark.model;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.CharRnn;
import org.jspecify.annotations.Nullable;

/**
 * Where executors compute.
 *
 * @param accelerator the name of the accelerator; null for the best one of each executor
 * @param threads the number of threads of each session; 0 for one per core that Spark gives to it.
 *     No result depends on it.
 * @param device the device of the accelerator; null for its best one
 */
public record Compute(@Nullable String accelerator, int threads, @Nullable String device)
    implements Serializable {

  private static final String CORES = "spark.executor.cores";
  private static final String TASK_CORES = "spark.task.cpus";

  /** {@return the best accelerator of each executor, and all its cores} */
  public static Compute automatic() {
    return new Compute(null, 0, null);
  }

  /** {@return the entry point of charrnn-text for what all tasks of this executor share} */
  public CharRnn charRnn() {
    return charRnn(threads > 0 ? threads : cores());
  }

  /**
   * {@return the entry point of charrnn-text for one task, which has {@code spark.task.cpus} cores}
   */
  public CharRnn charRnnOfTask() {
    return charRnn(threads > 0 ? threads : SparkEnv.get().conf().getInt(TASK_CORES, 1));
  }

  private CharRnn charRnn(int count) {
    CharRnn charRnn =
        CharRnn.create().withOptions(new AcceleratorOptions(count, Optional.ofNullable(device)));
    return accelerator == null ? charRnn : charRnn.withAccelerator(accelerator);
  }

  /** The cores that Spark gives to this executor; those of the machine if it does not say. */
  private static int cores() {
    int processors = Runtime.getRuntime().availableProcessors();
    return SparkEnv.get() == null ? processors : SparkEnv.get().conf().getInt(CORES, processors);
  }
}
