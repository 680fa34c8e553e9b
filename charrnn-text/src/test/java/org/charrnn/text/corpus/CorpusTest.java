package org.charrnn.text.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusTest {

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("text.txt"), bytes);
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(UTF_8));
  }

  @Test
  void read_anyCharacter() throws IOException {
    String text = "a\u00e9选\ud840\udc00\n\u0000";
    Path file = file(text);
    assertEquals(Corpus.of(file.toString(), text), Corpus.read(file));
  }

  @Test
  void read_byteOrderMarkIsDroppedOnceAndAtTheBeginningOnly() throws IOException {
    assertEquals("\uFEFFa\uFEFF", Corpus.read(file("\uFEFF\uFEFFa\uFEFF")).text());
  }

  @Test
  void read_lineEndingsAreFolded() throws IOException {
    assertEquals("a\nb\nc\n\n\nd", Corpus.read(file("a\r\nb\nc\r\r\n\nd")).text());
  }

  @Test
  void read_lineEndingsAreKept() throws IOException {
    assertEquals("a\r\nb\r", Corpus.read(file("a\r\nb\r"), LineEndings.KEEP).text());
  }

  @Test
  void read_noSuchFile() {
    Path missing = folder.resolve("missing.txt");
    var e = assertThrows(CorpusException.class, () -> Corpus.read(missing));
    assertTrue(e.getMessage().startsWith(missing + ": there is no such file"), e.getMessage());
    assertEquals(missing.toString(), e.source());
  }

  @Test
  void read_directory() {
    var e = assertThrows(CorpusException.class, () -> Corpus.read(folder));
    assertTrue(e.getMessage().startsWith(folder + ": this is a directory"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"''", "EFBBBF"})
  void read_emptyFile(String hex) throws IOException {
    Path file = file(HexFormat.of().parseHex(hex));
    var e = assertThrows(CorpusException.class, () -> Corpus.read(file));
    assertEquals(file + ": the file is empty; give one with text in it", e.getMessage());
  }

  /** Bytes that are not UTF-8, and where the first of them stands. */
  @ParameterizedTest
  @CsvSource({
    "61 FF 62, 1, FF 62",
    "E9 80 89 E9 80, 3, E9 80", // cut in the middle of a character
    "C0 80, 0, C0 80", // overlong
    "61 ED A0 80 61, 1, ED A0 80 61", // a surrogate
    "F4 90 80 80, 0, F4 90 80 80", // beyond U+10FFFF
    "80 01 02 03 04 05 06 07 08 09, 0, 80 01 02 03 04 05 06 07", // a long rest is cut
  })
  void read_malformed(String hex, long offset, String shown) throws IOException {
    Path file = file(HexFormat.ofDelimiter(" ").parseHex(hex));
    var e = assertThrows(MalformedTextException.class, () -> Corpus.read(file));
    assertEquals(offset, e.offset());
    assertEquals(file.toString(), e.source());
    assertEquals(
        file
            + ": not UTF-8: at byte offset %d stand the bytes %s. ".formatted(offset, shown)
            + "Convert the file, for example (if it is GB18030) with: "
            + "iconv -f GB18030 -t UTF-8 '%s' > utf8.txt".formatted(file),
        e.getMessage());
  }

  @Test
  void read_chineseOfAnotherEncoding() throws IOException {
    Path file = file("选择".getBytes(Charset.forName("GB18030")));
    var e = assertThrows(MalformedTextException.class, () -> Corpus.read(file));
    assertEquals(2, e.offset()); // the two bytes of the first character happen to be UTF-8
  }

  @Test
  void read_utf16IsRecognised() throws IOException {
    Path file = file("\uFEFF选择".getBytes(StandardCharsets.UTF_16LE));
    var e = assertThrows(MalformedTextException.class, () -> Corpus.read(file));
    assertTrue(e.getMessage().contains("iconv -f UTF-16 -t UTF-8"), e.getMessage());
  }

  @Test
  void of_empty() {
    assertThrows(CorpusException.class, () -> Corpus.of(""));
  }

  @ParameterizedTest
  @CsvSource({"a\uD840, 1", "\uD840b, 0", "ab\uDC00, 2", "\uD840\uDC00\uDC00, 2"})
  void of_loneSurrogate(String text, int index) {
    var e = assertThrows(CorpusException.class, () -> Corpus.of(text));
    assertTrue(e.getMessage().contains("at index " + index), e.getMessage());
  }

  @Test
  void fingerprint_tellsTextsApartAndNothingElse() {
    Corpus corpus = Corpus.of("春风");
    assertEquals(corpus.fingerprint(), Corpus.of("elsewhere", "春风").fingerprint());
    assertNotEquals(corpus.fingerprint(), Corpus.of("春风 ").fingerprint());
  }

  @Test
  void toString_doesNotHoldTheText() {
    assertEquals("book.txt (2 characters)", Corpus.of("book.txt", "选\ud840\udc00").toString());
  }
}
