package org.charrnn.text.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** The files and directories that are forced to the disk, as the flight recorder sees them. */
final class ForcedFiles {

  interface Action {
    void run() throws IOException;
  }

  private ForcedFiles() {}

  static List<Path> during(Action action) throws IOException {
    Path file = Files.createTempFile("forced", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
      recording.start();
      action.run();
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .map(event -> Path.of(event.getString("path")).toAbsolutePath().normalize())
          .toList();
    } finally {
      Files.delete(file);
    }
  }
}
