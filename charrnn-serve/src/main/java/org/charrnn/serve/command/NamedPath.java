package org.charrnn.serve.command;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model on the command line.
 *
 * @param name the name that requests select it by
 * @param path its file
 */
record NamedPath(String name, Path path) {

  /** Reads {@code NAME=PATH} or {@code PATH}; a file whose own name contains '=' is a path. */
  static NamedPath of(String argument) {
    int equals = argument.indexOf('=');
    if (equals > 0 && !Files.exists(Path.of(argument))) {
      return new NamedPath(argument.substring(0, equals), Path.of(argument.substring(equals + 1)));
    }
    Path path = Path.of(argument);
    String file = String.valueOf(path.getFileName());
    int dot = file.lastIndexOf('.');
    return new NamedPath(dot > 0 ? file.substring(0, dot) : file, path);
  }
}
