package org.charrnn.cli.spi;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is deleted with everything in it when it is closed, and also when the process ends
 * first, for example by Ctrl-C.
 *
 * <p><b>Thread safety.</b> One thread at a time; a shutdown hook may delete the folder meanwhile.
 */
public final class TemporaryFolder implements AutoCloseable {

  private static final int ATTEMPTS = 5;

  private final Path path;
  private final Thread hook = new Thread(this::delete, "charrnn-temporary-folder");

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /**
   * Creates a folder.
   *
   * @param prefix the beginning of its name
   * @return the folder
   * @throws IOException if the system does not create one
   */
  public static TemporaryFolder create(String prefix) throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
    Runtime.getRuntime().addShutdownHook(folder.hook);
    return folder;
  }

  /** {@return where it is} */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      return; // the process is ending: the hook deletes the folder
    }
    delete();
  }

  /** Another thread may still write a file while the process ends, so one attempt may fail. */
  private void delete() {
    for (int i = 0; i < ATTEMPTS && Files.exists(path); i++) {
      try {
        Files.walkFileTree(path, new Deletion());
      } catch (IOException _) {
        Thread.onSpinWait(); // a file was created or deleted meanwhile
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
