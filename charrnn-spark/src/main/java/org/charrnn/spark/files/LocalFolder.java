package org.charrnn.spark.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;

/**
 * A local folder that is deleted with everything in it when it is closed.
 *
 * @param path its path
 */
public record LocalFolder(Path path) implements AutoCloseable {

  /**
   * Creates a folder.
   *
   * @return the folder
   * @throws IOException if that fails
   */
  public static LocalFolder create() throws IOException {
    return new LocalFolder(Files.createTempDirectory("charrnn-spark"));
  }

  /**
   * A file in it.
   *
   * @param name its name
   * @return its path
   */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    FileUtil.fullyDelete(path.toFile());
  }
}
