package org.charrnn.text.snapshot;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.files.DirectorySync;
import org.charrnn.text.files.IoReason;
import org.charrnn.text.files.SymbolicLinks;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file atomically: at every moment, even if the machine stops, the file is either the
 * old one or the new one, complete. All bytes are written to a temporary file in the same directory
 * and forced to disk; then the temporary file replaces the old one in one move.
 *
 * <p>A temporary file is locked while it is written. One that is not locked was left by a process
 * that was killed; the next write removes it.
 *
 * <p>An interrupt of the thread neither ends a write nor is lost: the flag stays set.
 */
public final class OutputPlace {

  private static final String SUFFIX = ".tmp";

  /** Writes the contents of the file. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private OutputPlace() {}

  static void replace(Path file, Body body) {
    try {
      Path target = SymbolicLinks.target(file);
      removeLeftovers(target);
      Path temporary = temporary(target);
      try {
        write(temporary, body);
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
      DirectorySync.force(directory(target));
    } catch (IOException e) {
      throw new OutputException(file, IoReason.of(e) + ". An existing file is unchanged.", e);
    }
  }

  private static void write(Path temporary, Body body) throws IOException {
    Files.createFile(temporary);
    // A stream, since an interrupt closes a channel.
    try (FileOutputStream out = new FileOutputStream(temporary.toFile());
        FileLock _ = lock(out.getChannel())) {
      body.writeTo(out);
      out.getFD().sync();
    }
  }

  /** Marks this file as being written, if the file system supports locks. */
  private static @Nullable FileLock lock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (IOException _) {
      return null; // some network file systems have no locks; then leftovers stay as well
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(
          "this file system cannot replace a file in one move; write to another one", e);
    }
  }

  private static Path directory(Path target) {
    return Objects.requireNonNull(target.getParent(), "a file has a directory");
  }

  private static Path temporary(Path target) {
    return directory(target).resolve(prefix(target) + UUID.randomUUID() + SUFFIX);
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  private static void removeLeftovers(Path target) throws IOException {
    String prefix = prefix(target);
    int length = prefix.length() + UUID.randomUUID().toString().length() + SUFFIX.length();
    DirectoryStream.Filter<Path> ours =
        path -> {
          String name = String.valueOf(path.getFileName());
          return name.startsWith(prefix) && name.endsWith(SUFFIX) && name.length() == length;
        };
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory(target), ours)) {
      for (Path leftover : leftovers) {
        if (isAbandoned(leftover)) {
          Files.deleteIfExists(leftover);
        }
      }
    }
  }

  private static boolean isAbandoned(Path temporary) {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException _) {
      return false; // locked by this process, or not accessible
    }
  }

  // ---- checks in advance

  /**
   * Checks in advance, where possible, whether a checkpoint can be written.
   *
   * @param file the file to write
   * @param bytes its expected size
   * @throws OutputException if the directory does not exist or is not writable, the disk is too
   *     full, or the file exists and is not a checkpoint, so that it must not be overwritten
   */
  public static void requireWritable(Path file, long bytes) {
    if (Files.isDirectory(file)) {
      throw refuse(
          file,
          "this is a directory; name a file in it, for example " + file.resolve("model.ckpt"));
    }
    try {
      Path target = SymbolicLinks.target(file);
      Path directory = directory(target);
      if (!Files.isDirectory(directory)) {
        throw refuse(
            file,
            String.format(Locale.ROOT, "there is no directory %s; create it first", directory));
      }
      if (Files.exists(target)) {
        requireReplaceable(file);
      }
      Path probe = temporary(target);
      try {
        Files.write(probe, new byte[] {0}, StandardOpenOption.CREATE_NEW);
      } finally {
        Files.deleteIfExists(probe);
      }
      requireSpace(file, Files.getFileStore(directory(target)).getUsableSpace(), bytes);
    } catch (IOException e) {
      throw new OutputException(file, IoReason.of(e), e);
    }
  }

  private static void requireSpace(Path file, long free, long bytes) {
    if (free < bytes) {
      throw refuse(
          file,
          String.format(
                  Locale.ROOT,
                  "a checkpoint takes %d bytes, and the old one stays until the new one is"
                      + " complete; %d are free",
                  bytes,
                  free)
              + ". Free some space, or write to another disk.");
    }
  }

  /** A file that is not a checkpoint, for example the corpus, must not be lost by mistake. */
  private static void requireReplaceable(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw refuse(file, "this is not a regular file");
      }
      if (!Files.isWritable(file)) {
        throw refuse(file, "the existing file is write-protected");
      }
      if (Files.size(file) > 0) {
        CheckpointReader.requireCheckpoint(file);
      }
    } catch (CheckpointException e) {
      throw new OutputException(
          file,
          String.format(
              Locale.ROOT,
              "the file exists and is not a checkpoint, so it is not overwritten. (%s.) Choose"
                  + " another name, or remove it.",
              e.getMessage()),
          e);
    } catch (IOException e) {
      throw new OutputException(file, IoReason.of(e), e);
    }
  }

  private static OutputException refuse(Path file, String problem) {
    return new OutputException(file, problem, null);
  }
}
