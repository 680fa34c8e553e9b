package org.charrnn.text.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a.ckpt");
  }

  @Test
  void ofFile_ownedInThisProcess_namesTheOwner() throws IOException {
    try (OutputLock _ = OutputLock.ofFile(file)) {
      var e = assertThrows(FileSystemException.class, () -> OutputLock.ofFile(file));
      assertTrue(
          e.getMessage().contains("process " + ProcessHandle.current().pid()), e::getMessage);
      assertThrows(FileSystemException.class, () -> OutputLock.ofFile(file)); // still owned
    }
    OutputLock.ofFile(file).close();
  }

  @Test
  void ofFile_ownedByAnotherProcess_isRefused_andFreeAfterItWasKilled() throws Exception {
    Process owner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertTrue(owner.getInputStream().read() == 'x');
      var e = assertThrows(FileSystemException.class, () -> OutputLock.ofFile(file));
      assertTrue(e.getMessage().contains("process " + owner.pid()), e::getMessage);
    } finally {
      owner.destroyForcibly().waitFor();
    }
    assertTrue(Files.exists(folder.resolve(".a.ckpt.lock")));
    OutputLock.ofFile(file).close();
    assertFalse(Files.exists(folder.resolve(".a.ckpt.lock")));
  }

  /** Owns a file until it is killed. */
  static final class Owner {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      OutputLock.ofFile(Path.of(arguments[0]));
      System.out.print('x');
      System.out.flush();
      Thread.sleep(60_000);
    }
  }

  @Test
  void ofFile_namedByALink_isTheSameFile() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    try (OutputLock _ = OutputLock.ofFile(file)) {
      assertThrows(FileSystemException.class, () -> OutputLock.ofFile(link));
    }
  }

  @Test
  void ofDirectory_isOwned() throws IOException {
    try (OutputLock _ = OutputLock.ofDirectory(folder)) {
      assertThrows(FileSystemException.class, () -> OutputLock.ofDirectory(folder));
    }
  }
}
