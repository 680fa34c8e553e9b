package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.charrnn.serve.options.ServeOptions;
import org.charrnn.serve.options.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The key of sessions: kept in a file of its owner, and needed to continue a session. */
class SessionKeyTest {

  @TempDir private Path folder;

  @Test
  void file_isCreatedOnce_andOnlyItsOwnerReadsIt() throws IOException {
    Path file = folder.resolve("state").resolve("session.key");
    byte[] created = SessionKey.ofFile(file).bytes();
    assertArrayEquals(created, SessionKey.ofFile(file).bytes());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
    assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "no permissions here");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void file_createdByManyAtOnce_hasOneKeyForAll() throws Exception {
    Path file = folder.resolve("shared.key");
    Callable<byte[]> task = () -> SessionKey.ofFile(file).bytes();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<byte[]> key : threads.invokeAll(Stream.generate(() -> task).limit(20).toList())) {
        assertArrayEquals(SessionKey.ofFile(file).bytes(), key.get());
      }
    }
  }

  @Test
  void file_thatIsTooShort_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("short.key"), "secret\n");
    IOException thrown = assertThrows(IOException.class, () -> SessionKey.ofFile(file));
    assertTrue(thrown.getMessage().contains("at least 32"), thrown.getMessage());
    assertEquals("secret\n", Files.readString(file));
  }

  @Test
  void randomKeys_differ() {
    assertFalse(Arrays.equals(SessionKey.random().bytes(), SessionKey.random().bytes()));
  }

  @Test
  void sessions_ofAnotherKey_areRefused_evenWithTheSameApiKey() throws Exception {
    String session;
    try (ServedTinyModel first = ServedTinyModel.start()) {
      session = session(first);
    }
    try (ServedTinyModel second = ServedTinyModel.start()) {
      String body = "{\"session\": " + session + "}";
      JsonNode error = ServedTinyModel.json(second.post("v1/completions", body).body());
      assertEquals("session", error.at("/error/param").stringValue());
      assertTrue(error.at("/error/message").stringValue().contains("another key"), error::toString);
    }
  }

  @Test
  void sessions_ofAServerWithTheSameKey_areContinued() throws Exception {
    SessionKey key = SessionKey.random();
    String session;
    try (ServedTinyModel first = ServedTinyModel.start(it -> it.withSessionKey(key))) {
      session = session(first);
    }
    try (ServedTinyModel second = ServedTinyModel.start(it -> it.withSessionKey(key))) {
      assertTrue(
          second.complete("{\"session\": " + session + "}").at("/choices/0/text").isString());
    }
    assertArrayEquals(key.bytes(), ServeOptions.local(0).withSessionKey(key).sessionKey().bytes());
  }

  private static String session(ServedTinyModel served) throws Exception {
    return served
        .complete("{\"prompt\": \"the \", \"max_tokens\": 2, \"session\": true}")
        .at("/choices/0/session")
        .toString();
  }
}
