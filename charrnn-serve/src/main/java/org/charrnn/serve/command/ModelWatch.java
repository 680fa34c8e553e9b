package org.charrnn.serve.command;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.charrnn.api.CharRnnException;
import org.charrnn.serve.models.ServedModel;
import org.charrnn.text.CharRnn;

/**
 * Loads models again when their files change. A file that cannot be loaded is reported, and the
 * model of before stays.
 */
final class ModelWatch implements Runnable {

  private static final Logger LOG = System.getLogger(ModelWatch.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final CharRnn charRnn;
  private final Map<Path, ServedModel> models;
  private final Map<Path, FileTime> seen = new HashMap<>();

  ModelWatch(CharRnn charRnn, Map<Path, ServedModel> models) {
    this.charRnn = charRnn;
    this.models = Map.copyOf(models);
    models.keySet().forEach(file -> seen.put(file, time(file)));
  }

  /** Watches until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        models.forEach(this::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Path file, ServedModel model) {
    FileTime now = time(file);
    if (now.equals(seen.put(file, now)) || now.toMillis() == 0) {
      return;
    }
    try {
      model.replace(charRnn.load(file), now.toInstant());
      LOG.log(Level.INFO, "serving the new " + file);
    } catch (CharRnnException e) {
      LOG.log(Level.WARNING, "still serving the model of before: " + e.getMessage());
    }
  }

  /** Zero if the file is missing, as it is for a moment when another program replaces it. */
  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
