package org.charrnn.interchange;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file or folder that is written beside its destination and moved there when it is complete and
 * checked. If it is closed without that, nothing of it is left.
 *
 * <p><b>Thread safety.</b> None.
 */
final class Staging implements AutoCloseable {

  private final Path target;
  private final Path path;

  /**
   * A place beside {@code target}, which does not exist yet.
   *
   * @param extension what its name ends with, so that it is read as what it will be
   */
  Staging(Path target, String extension) {
    this.target = target;
    this.path =
        target
            .toAbsolutePath()
            .resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + extension);
  }

  /** Where to write. */
  Path path() {
    return path;
  }

  /** Moves what was written to its destination; files of the same names are replaced. */
  void commit() throws IOException {
    if (Files.isDirectory(path) && Files.isDirectory(target)) {
      for (Path file : list(path)) {
        move(file, target.resolve(Objects.requireNonNull(file.getFileName())));
      }
    } else {
      move(path, target);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    CopyOption[] replacing = {StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING};
    try {
      Files.move(from, to, replacing);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> rest = Files.walk(path)) {
      for (Path file : rest.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
