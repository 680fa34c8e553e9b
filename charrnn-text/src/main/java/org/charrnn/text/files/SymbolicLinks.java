package org.charrnn.text.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Follows symbolic links, also to files that do not exist yet. */
public final class SymbolicLinks {

  private static final int MAX_LINKS = 40;

  private SymbolicLinks() {}

  /**
   * The file that a symbolic link leads to, so that a link stays a link.
   *
   * @throws IOException if links lead to one another
   */
  public static Path target(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemException(file.toString(), null, "its symbolic links form a circle");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    Path directory = Objects.requireNonNull(target.getParent(), "a file has a directory");
    return Files.isDirectory(directory)
        ? directory.toRealPath().resolve(target.getFileName())
        : target.normalize();
  }
}
