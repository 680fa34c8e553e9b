package org.charrnn.text.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/**
 * The reason of a failure of input or output. The message of a {@link FileSystemException} is often
 * only the name of the file.
 */
public final class IoReason {

  private IoReason() {}

  /** The reason, a clause such as {@code permission denied}. */
  public static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileAlreadyExistsException existing -> existing.getFile() + " exists already";
      case NotDirectoryException file -> file.getFile() + " is not a directory";
      case DirectoryNotEmptyException directory -> directory.getFile() + " is not empty";
      case FileSystemException failed when failed.getReason() != null ->
          String.valueOf(failed.getReason());
      case FileSystemException failed ->
          String.format(
              Locale.ROOT, "%s of %s", failed.getClass().getSimpleName(), failed.getFile());
      case CharacterCodingException _ -> "it is not UTF-8";
      case ClosedByInterruptException _ -> "the thread was interrupted";
      default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
    };
  }
}
