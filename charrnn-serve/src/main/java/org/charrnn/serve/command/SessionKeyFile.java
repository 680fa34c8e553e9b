package org.charrnn.serve.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.charrnn.serve.options.SessionKey;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.files.IoReason;

/** Where the command keeps the key of sessions. */
final class SessionKeyFile {

  private static final String NAME = "session.key";

  private SessionKeyFile() {}

  /**
   * The key of a file that is named, or of one in the folder of this user's state; without such a
   * folder, a random one.
   *
   * @param environment the variables of the process
   * @param messages receives why sessions will not outlive the process, if so
   * @throws InvalidOptionException if a file that is named cannot be read or created
   */
  static SessionKey key(
      Optional<Path> named, Map<String, String> environment, PrintWriter messages) {
    Path file = named.orElseGet(() -> standard(environment));
    try {
      return SessionKey.ofFile(file);
    } catch (IOException e) {
      if (named.isPresent()) {
        throw new InvalidOptionException(
            "session-key",
            file,
            "a file with a key, or one that can be created: " + IoReason.of(e));
      }
      messages.printf(
          Locale.ROOT,
          "Sessions will end with this server, since %s cannot be used: %s. Name another file with --session-key.%n",
          file,
          IoReason.of(e));
      messages.flush();
      return SessionKey.random();
    }
  }

  /** As systemd and the XDG Base Directory Specification say. */
  private static Path standard(Map<String, String> environment) {
    String service = environment.getOrDefault("STATE_DIRECTORY", "");
    if (!service.isEmpty()) {
      return Path.of(service.split(":", 2)[0], NAME);
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path folder =
        state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return folder.resolve("charrnn").resolve(NAME);
  }
}
