package org.charrnn.serve.command;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.charrnn.api.CharRnnException;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.serve.models.ServedModels;
import org.charrnn.text.CharRnn;
import org.charrnn.text.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Serves the model of a training as it was saved last. It is loaded beside the training, which does
 * not wait for it.
 *
 * <p><b>Thread safety.</b> The training calls it on its thread.
 */
final class ServedTraining implements TrainingListener, AutoCloseable {

  /** The name of the model. */
  static final String ID = "training";

  private static final Logger LOG = System.getLogger(ServedTraining.class.getName());

  private final CharRnn charRnn;
  private final ServedModels models;
  private final ExecutorService loading =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("charrnn-serve-load").factory());
  private @Nullable ServedModel served; // only on the thread that loads

  /** Adds the model to these when it is first saved. */
  ServedTraining(CharRnn charRnn, ServedModels models) {
    this.charRnn = charRnn;
    this.models = models;
  }

  @Override
  public void saved(Path file, long step) {
    loading.execute(() -> load(file));
  }

  private void load(Path file) {
    try {
      if (served == null) {
        served = new ServedModel(ID, charRnn.load(file), Instant.now());
        models.add(served);
      } else {
        served.replace(charRnn.load(file), Instant.now());
      }
    } catch (CharRnnException e) { // replaced again meanwhile, or moved
      LOG.log(Level.WARNING, "still serving the model of before: " + e.getMessage());
    }
  }

  /** Loads no more models. */
  @Override
  public void close() {
    loading.close();
  }
}
