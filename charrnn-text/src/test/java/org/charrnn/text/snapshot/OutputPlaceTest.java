package org.charrnn.text.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.files.DirectorySync;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.ckpt");
  }

  private static OutputPlace.Body text(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void assertRefused(Path place, long bytes, String problem) {
    var e = assertThrows(OutputException.class, () -> OutputPlace.requireWritable(place, bytes));
    assertTrue(e.getMessage().startsWith("Cannot write " + place + ": " + problem), e.getMessage());
    assertEquals(place.toString(), e.file());
  }

  @Test
  void replace_newAndOld() throws IOException {
    OutputPlace.replace(file, text("one"));
    OutputPlace.replace(file, text("two"));
    assertEquals("two", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void replace_relativePath() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
    OutputPlace.replace(relative, text("one"));
    assertEquals("one", Files.readString(file));
  }

  @Test
  void replace_diskFullInTheMiddle() throws IOException {
    OutputPlace.replace(file, text("old"));
    OutputPlace.Body full =
        out -> {
          text("half of the ne").writeTo(out);
          throw new IOException("No space left on device");
        };
    var e = assertThrows(OutputException.class, () -> OutputPlace.replace(file, full));
    assertEquals(
        String.format(
            Locale.ROOT,
            "Cannot write %s: No space left on device. An existing file is unchanged.",
            file),
        e.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void replace_readersHaveTheOldFileUntilTheEnd() throws IOException {
    OutputPlace.replace(file, text("old"));
    OutputPlace.replace(
        file,
        out -> {
          text("new").writeTo(out);
          assertEquals("old", Files.readString(file));
        });
    assertEquals("new", Files.readString(file));
  }

  @Test
  void replace_leftoversOfKilledRunsAreRemoved() throws IOException {
    Path leftover =
        Files.writeString(folder.resolve(".model.ckpt." + UUID.randomUUID() + ".tmp"), "half");
    Path ofAnotherFile =
        Files.writeString(folder.resolve(".model." + UUID.randomUUID() + ".tmp"), "half");
    Path ofTheUser = Files.writeString(folder.resolve(".model.ckpt.mine.tmp"), "mine");
    OutputPlace.replace(file, text("new"));
    assertFalse(Files.exists(leftover));
    assertTrue(Files.exists(ofAnotherFile));
    assertTrue(Files.exists(ofTheUser));
  }

  @Test
  void replace_temporaryThatIsBeingWrittenStays() throws IOException {
    Path other = folder.resolve(".model.ckpt." + UUID.randomUUID() + ".tmp");
    try (FileChannel channel =
            FileChannel.open(other, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      OutputPlace.replace(file, text("new"));
      assertTrue(Files.exists(other));
    }
  }

  @Test
  void replace_symbolicLinkStaysOne() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real")).resolve("model.ckpt");
    OutputPlace.replace(real, text("old"));
    Path link = Files.createSymbolicLink(folder.resolve("link.ckpt"), real);
    OutputPlace.replace(link, text("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
  }

  @Test
  void requireWritable_leavesNothingBehind() throws IOException {
    OutputPlace.requireWritable(file, 1000);
    assertEquals(List.of(), files());
  }

  @Test
  void requireWritable_noSuchDirectory() {
    Path missing = folder.resolve("no/such");
    assertRefused(
        missing.resolve("model.ckpt"),
        1,
        String.format(Locale.ROOT, "there is no directory %s; create it first", missing));
  }

  @Test
  void requireWritable_directory() {
    assertRefused(folder, 1, "this is a directory; name a file in it, for example " + file);
  }

  @Test
  void requireWritable_directoryThatIsAFile() throws IOException {
    Files.writeString(file, "");
    assertRefused(file.resolve("model.ckpt"), 1, "there is no directory");
  }

  @Test
  void requireWritable_diskTooFull() {
    assertRefused(file, Long.MAX_VALUE, "a checkpoint takes " + Long.MAX_VALUE + " bytes");
  }

  @Test
  void requireWritable_whatIsNoCheckpointIsNotOverwritten() throws IOException {
    Files.writeString(file, "A corpus that somebody gave as the output by mistake.");
    assertRefused(file, 1, "the file exists and is not a checkpoint");
  }

  @Test
  void requireWritable_checkpointOrEmptyFileMayBeReplaced() throws IOException {
    Files.writeString(file, "");
    OutputPlace.requireWritable(file, 1);
    CheckpointFixture.checkpoint().write(file);
    OutputPlace.requireWritable(file, 1);
  }

  @Test
  void requireWritable_device() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there is no /dev/null here");
    assertRefused(device, 1, "this is not a regular file");
  }

  // C10

  @Test
  void replace_forcesTheDirectory_intoWhichTheFileIsMoved() throws IOException {
    List<Path> forced = ForcedFiles.during(() -> OutputPlace.replace(file, text("new")));
    assertTrue(forced.contains(folder.toRealPath()), forced::toString);
  }

  @Test
  void directoryThatCannotBeForced_isAFailure() {
    assertThrows(IOException.class, () -> DirectorySync.force(folder.resolve("gone")));
  }
}
