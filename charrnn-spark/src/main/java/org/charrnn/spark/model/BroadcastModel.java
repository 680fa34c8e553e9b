package org.charrnn.spark.model;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.charrnn.spark.files.HadoopFile;
import org.charrnn.spark.files.LocalFolder;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.checkpoint.CheckpointException;

/**
 * A model that every executor receives once. The driver reads its file, so that executors need not
 * have access to it; the state of its training stays behind.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param file the bytes of the model alone, as a checkpoint
 * @param digest their SHA-256
 * @param compute where the model is computed
 */
public record BroadcastModel(Broadcast<byte[]> file, String digest, Compute compute)
    implements Serializable {

  /**
   * Reads a model and sends it to the executors that use it.
   *
   * @param spark the session
   * @param compute where to compute
   * @param path a checkpoint or a model alone, in any file system that Hadoop reads
   * @return the model
   * @throws CheckpointException if it is not one
   */
  public static BroadcastModel of(SparkSession spark, String path, Compute compute) {
    byte[] bytes = modelAlone(path, spark.sparkContext().hadoopConfiguration());
    Broadcast<byte[]> file = new JavaSparkContext(spark.sparkContext()).broadcast(bytes);
    return new BroadcastModel(file, Hashing.sha256().hashBytes(bytes).toString(), compute);
  }

  private static byte[] modelAlone(String path, Configuration configuration) {
    try (LocalFolder folder = LocalFolder.create()) {
      Path copy = folder.resolve("checkpoint.ckpt");
      new HadoopFile(path, configuration).copyTo(copy);
      Path model = folder.resolve("model.ckpt");
      Checkpoint.writeModel(Checkpoint.readModel(copy), model);
      return Files.readAllBytes(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Calls the model in this process, which loads it if it has not been loaded.
   *
   * @param <T> the type of the result
   * @param call the call
   * @return the result of the call
   */
  public <T> T use(Function<LanguageModel, T> call) {
    try (ExecutorModels.Lease lease = ExecutorModels.SHARED.lease(this)) {
      return call.apply(lease.model());
    }
  }

  /**
   * The model in this executor, until the task that runs on this thread ends. It is loaded by the
   * first task that needs it.
   *
   * @return the model
   */
  public LanguageModel inTask() {
    ExecutorModels.Lease lease = ExecutorModels.SHARED.lease(this);
    TaskCompletionListener close = _ -> lease.close();
    TaskContext.get().addTaskCompletionListener(close);
    return lease.model();
  }
}
