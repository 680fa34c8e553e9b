package org.charrnn.text.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive ownership of an output, a file or a directory, by one run. It is a lock of the
 * operating system on a small file, {@code .NAME.lock} beside a file or {@code .lock} in a
 * directory, so that it ends with its process, however that ends. The file names its holder and is
 * removed with the lock; one that is left by a killed process blocks nothing.
 *
 * <p>The locks of the operating system belong to a process, and closing any channel of a file
 * releases them. Therefore a table of the outputs that this process owns is consulted first.
 *
 * <p><b>Thread safety.</b> Thread-safe.
 */
public final class OutputLock implements AutoCloseable {

  /** The outputs that this process owns, and who owns them. */
  private static final Map<Path, String> OWNED = new ConcurrentHashMap<>();

  private static final int MAX_HOLDER_BYTES = 4096;

  private final Path lockFile;
  private final @Nullable FileChannel channel;

  private OutputLock(Path lockFile, @Nullable FileChannel channel) {
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /**
   * Owns a file, which need not exist.
   *
   * @param file the file
   * @return the lock, which ends the ownership when it is closed
   * @throws IOException if another run owns it; the reason names that run
   */
  public static OutputLock ofFile(Path file) throws IOException {
    Path target = SymbolicLinks.target(file);
    return acquire(
        file,
        Objects.requireNonNull(target.getParent(), "a file has a directory")
            .resolve("." + target.getFileName() + ".lock"));
  }

  /**
   * Owns a directory, which exists.
   *
   * @param directory the folder
   * @return the lock, which ends the ownership when it is closed
   * @throws IOException if another run owns it; the reason names that run
   */
  public static OutputLock ofDirectory(Path directory) throws IOException {
    return acquire(directory, directory.toRealPath().resolve(".lock"));
  }

  private static OutputLock acquire(Path output, Path lockFile) throws IOException {
    String holder = holder();
    String other = OWNED.putIfAbsent(lockFile, holder);
    if (other != null) {
      throw owned(output, other);
    }
    boolean isAcquired = false;
    try {
      OutputLock lock = new OutputLock(lockFile, lockedChannel(output, lockFile, holder));
      isAcquired = true;
      return lock;
    } finally {
      if (!isAcquired) {
        OWNED.remove(lockFile);
      }
    }
  }

  /** Null on a file system without locks, where only the table of this process protects. */
  private static @Nullable FileChannel lockedChannel(Path output, Path lockFile, String holder)
      throws IOException {
    while (true) {
      FileChannel channel =
          FileChannel.open(
              lockFile,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      boolean isKept = false;
      try {
        @Nullable FileLock lock = tryLock(channel);
        if (lock == null) {
          throw owned(output, read(channel));
        }
        if (isStill(lockFile, channel)) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
          isKept = true;
          return channel;
        }
      } catch (UnsupportedOperationException _) {
        return null;
      } finally {
        if (!isKept) {
          channel.close();
        }
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    } catch (IOException e) { // some network file systems have no locks
      throw new UnsupportedOperationException(e);
    }
  }

  /** The previous owner may have removed the file between opening and locking. */
  private static boolean isStill(Path lockFile, FileChannel channel) throws IOException {
    try {
      BasicFileAttributes before = Files.readAttributes(lockFile, BasicFileAttributes.class);
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}), channel.size());
      BasicFileAttributes after = Files.readAttributes(lockFile, BasicFileAttributes.class);
      return after.size() == before.size() + 1 && Objects.equals(before.fileKey(), after.fileKey());
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_HOLDER_BYTES);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  private static String holder() {
    return String.format(
        Locale.ROOT,
        "process %s on %s since %s%s",
        Long.toString(ProcessHandle.current().pid()),
        host(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        command().map(command -> " (" + shortened(command) + ")").orElse(""));
  }

  /**
   * The main class and its arguments, without the flags and the class path that precede them in the
   * command line of the process.
   */
  private static Optional<String> command() {
    return Optional.ofNullable(System.getProperty("sun.java.command"));
  }

  private static String shortened(String command) {
    return command.length() <= 200 ? command : command.substring(0, 200) + " ...";
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "this host";
    }
  }

  private static FileSystemException owned(Path output, String holder) {
    return new FileSystemException(
        output.toString(),
        null,
        String.format(
            Locale.ROOT,
            "another run is writing it: %s. Wait for its end, stop it, or write to another place.",
            holder.isEmpty() ? "a process that does not give its name" : holder));
  }

  /** Gives the output up. Closing twice does nothing. */
  @Override
  public void close() {
    if (channel != null && channel.isOpen()) {
      try (channel) {
        Files.deleteIfExists(lockFile);
      } catch (IOException _) {
        // A file without a lock blocks nothing.
      }
    }
    OWNED.remove(lockFile);
  }
}
