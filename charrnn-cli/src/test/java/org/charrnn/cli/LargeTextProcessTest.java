package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text larger than the heap. */
class LargeTextProcessTest {

  private static final int MEGABYTES = 40;

  @TempDir private Path directory;

  private Outcome train(Object... more) throws IOException, InterruptedException {
    Object[] words = {
      "train",
      "text.txt",
      "--out",
      "a.ckpt",
      "--hidden-size",
      8,
      "--batch-size",
      4,
      "--seq-length",
      20,
      "--max-steps",
      3,
      "--force",
      "--accelerator",
      "java"
    };
    return new ChildProcess.Starter(directory)
        .memory("40m")
        .start(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray())
        .await();
  }

  @Test
  void train_textLargerThanTheMemory() throws Exception {
    long symbols = writeText(directory.resolve("text.txt"));
    Outcome trained = train();
    assertEquals(0, trained.exitCode(), trained::err);
    String counted = String.format(Locale.ROOT, "%,d training characters", symbols * 9 / 10);
    assertTrue(trained.err().contains(counted), trained::err);

    Outcome held = train("--stream-above", MEGABYTES + 1);
    assertEquals(2, held.exitCode(), held::err);
    assertTrue(held.err().contains("too large to be held in memory"), held::err);
  }

  /** Its number of symbols. */
  private static long writeText(Path file) throws IOException {
    String line = "One line, 一行, that is written again and again.\r\n";
    long lines = MEGABYTES * (1L << 20) / line.getBytes(StandardCharsets.UTF_8).length;
    lines -= lines % 10;
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (long i = 0; i < lines; i++) {
        writer.write(line);
      }
    }
    return lines * (line.length() - 1);
  }
}
