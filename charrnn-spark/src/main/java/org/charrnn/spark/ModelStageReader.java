package org.charrnn.spark;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.charrnn.spark.files.HadoopFile;

/** Reads a stage and lets it use the model that was saved with it. */
final class ModelStageReader<T extends ModelTransformer<T>> extends MLReader<T> {

  /** Creates a reader; Spark calls {@code read} of the class of the stage to get one. */
  ModelStageReader() {}

  @Override
  public T load(String path) {
    T stage = new DefaultParamsReader<T>().session(sparkSession()).load(path);
    String model = path + "/" + ModelStageWriter.MODEL;
    if (new HadoopFile(model, sc().hadoopConfiguration()).exists()) {
      stage.set(stage.modelPath(), model);
    }
    return stage;
  }
}
