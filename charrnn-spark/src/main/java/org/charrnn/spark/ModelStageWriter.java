package org.charrnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.charrnn.spark.files.HadoopFile;
import org.charrnn.spark.files.LocalFolder;

/** Saves the parameters of a stage as Spark does, and its model beside them. */
final class ModelStageWriter extends MLWriter {

  /** The name of the model in the folder of a saved stage. */
  static final String MODEL = "model.ckpt";

  private final ModelTransformer<?> stage;

  ModelStageWriter(ModelTransformer<?> stage) {
    this.stage = stage;
  }

  @Override
  public void saveImpl(String path) {
    try (LocalFolder folder = LocalFolder.create()) {
      new DefaultParamsWriter(stage).session(sparkSession()).save(path);
      if (stage.isDefined(stage.modelPath())) {
        Configuration hadoop = sc().hadoopConfiguration();
        new HadoopFile(stage.getModelPath(), hadoop).copyTo(folder.resolve(MODEL));
        new HadoopFile(path + "/" + MODEL, hadoop).replaceBy(folder.resolve(MODEL));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
