package org.charrnn.text.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces the names of the files of a directory to the disk, after a file was moved there. */
public final class DirectorySync {

  private DirectorySync() {}

  /**
   * Forces them. An interrupt of the thread neither prevents this nor is lost: the flag stays set.
   *
   * @throws IOException if that fails, so that the move may be lost if the machine stops
   */
  public static void force(Path directory) throws IOException {
    boolean interrupted = false;
    try {
      while (!forced(directory)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** False if an interrupt prevented it. */
  private static boolean forced(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException _) {
      return false;
    } catch (AccessDeniedException _) {
      return true; // Windows does not open directories, and needs no such call
    }
  }
}
