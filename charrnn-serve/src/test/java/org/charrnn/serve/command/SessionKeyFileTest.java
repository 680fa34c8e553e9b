package org.charrnn.serve.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.charrnn.serve.options.SessionKey;
import org.charrnn.text.config.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where 'serve' keeps the key of sessions. */
class SessionKeyFileTest {

  @TempDir private Path folder;
  private final StringWriter messages = new StringWriter();

  private SessionKey key(Optional<Path> named, Map<String, String> environment) {
    return SessionKeyFile.key(named, environment, new PrintWriter(messages));
  }

  @Test
  void named_isPreferred() throws IOException {
    Path file = folder.resolve("my.key");
    SessionKey key = key(Optional.of(file), Map.of("XDG_STATE_HOME", folder.toString()));
    assertArrayEquals(SessionKey.ofFile(file).bytes(), key.bytes());
    assertTrue(Files.notExists(folder.resolve("charrnn")));
  }

  @Test
  void standard_isTheStateOfTheService_orOfTheUser() throws IOException {
    Path service = folder.resolve("service");
    SessionKey own =
        key(
            Optional.empty(),
            Map.of(
                "STATE_DIRECTORY",
                service + ":/elsewhere",
                "XDG_STATE_HOME",
                folder.resolve("user").toString()));
    assertArrayEquals(SessionKey.ofFile(service.resolve("session.key")).bytes(), own.bytes());
    SessionKey ofUser = key(Optional.empty(), Map.of("XDG_STATE_HOME", folder.toString()));
    Path file = folder.resolve("charrnn").resolve("session.key");
    assertArrayEquals(SessionKey.ofFile(file).bytes(), ofUser.bytes());
    assertEquals("", messages.toString());
  }

  @Test
  void standard_thatCannotBeCreated_isReported_andTheKeyIsRandom() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Map<String, String> environment = Map.of("XDG_STATE_HOME", file.toString());
    key(Optional.empty(), environment);
    assertTrue(
        messages.toString().contains("Sessions will end with this server"), messages::toString);
    assertTrue(messages.toString().contains(file.toString()), messages::toString);
  }

  @Test
  void named_thatCannotBeCreated_isAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "").resolve("my.key");
    InvalidOptionException thrown =
        assertThrows(InvalidOptionException.class, () -> key(Optional.of(file), Map.of()));
    assertEquals("session-key", thrown.option());
  }
}
