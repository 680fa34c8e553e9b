package org.charrnn.spark.files;

import java.io.IOException;
import org.charrnn.api.CharRnnException;

/** A file cannot be read or written. */
public final class FileException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param path the file
   * @param cause what Hadoop says
   */
  public FileException(String path, IOException cause) {
    super(path + ": " + cause.getMessage(), cause);
  }
}
