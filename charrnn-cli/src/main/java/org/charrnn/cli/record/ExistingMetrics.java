package org.charrnn.cli.record;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a metrics file that an earlier run wrote. */
public final class ExistingMetrics {

  private static final Pattern STEP = Pattern.compile("\\{\"step\":(\\d{1,18}),.*}");

  private ExistingMetrics() {}

  /** Whether the first line is one of metrics. */
  public static boolean startsWithMetrics(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String first = reader.readLine();
      return first != null && STEP.matcher(first).matches();
    }
  }

  /**
   * Removes the lines of later steps, and an incomplete line that a crash may have left. A pipe or
   * device has no lines to remove.
   */
  public static void truncate(Path file, long lastStep) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return;
    }
    Path target = file.toRealPath();
    Path kept = target.resolveSibling("." + target.getFileName() + ".tmp");
    try {
      copy(target, lastStep, kept);
      Files.move(kept, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(kept);
    }
  }

  private static void copy(Path from, long lastStep, Path to) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(from, StandardCharsets.ISO_8859_1);
        FileChannel channel =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      Writer writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.ISO_8859_1));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        OptionalLong step = step(line);
        if (step.isPresent() && step.getAsLong() <= lastStep) {
          writer.write(line + "\n");
        }
      }
      writer.flush();
      channel.force(true);
    }
  }

  private static OptionalLong step(String line) {
    Matcher matcher = STEP.matcher(line);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
