package org.charrnn.serve.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/**
 * The key that sessions are signed with. Sessions outlive a server if the next one has the same
 * key, and servers with the same key and model continue each other's sessions.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class SessionKey {

  private static final int BYTES = 32;
  private static final int MIN_CHARACTERS = 32;
  private static final String OWNER_ONLY = "rw-------";

  private final byte[] bytes;

  private SessionKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** {@return a random key} */
  public static SessionKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SessionKey(bytes);
  }

  /**
   * The key of a file, which is created with a random one if it does not exist. Only its owner may
   * read a file that is created here.
   *
   * @param file the file
   * @return its key
   * @throws IOException if the file cannot be read or created, or is too short for a key
   */
  public static SessionKey ofFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    String text = Files.readString(file).strip();
    if (text.length() < MIN_CHARACTERS) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a key has at least %d characters, but the file has %d",
              MIN_CHARACTERS,
              text.length()));
    }
    return new SessionKey(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The file appears with its whole content, and never replaces one of another process. */
  private static void create(Path file) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a root exists");
    Files.createDirectories(folder);
    Path whole = Files.createTempFile(folder, ".session", ".key", ownerOnly(file));
    try {
      Files.writeString(whole, Base64.getEncoder().encodeToString(random().bytes) + "\n");
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException _) {
      // Another process has created it meanwhile.
    } catch (FileSystemException | UnsupportedOperationException _) { // a file system without links
      Files.move(whole, file);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
        }
        : new FileAttribute<?>[0];
  }

  /** {@return the key itself} */
  public byte[] bytes() {
    return bytes.clone();
  }
}
