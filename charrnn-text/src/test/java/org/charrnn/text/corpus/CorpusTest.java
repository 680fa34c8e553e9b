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
import java.util.Locale;
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

  /** Joined files have marks in the middle too. */
  @Test
  void read_byteOrderMarksAreDropped() throws IOException {
    assertEquals("ab", Corpus.read(file("\uFEFF\uFEFFa\uFEFFb")).text());
    assertEquals("a\r\nb", Corpus.read(file("\uFEFFa\r\n\uFEFFb"), Corpus.LineEndings.KEEP).text());
  }

  @Test
  void read_lineEndingsAreFolded() throws IOException {
    assertEquals("a\nb\nc\n\n\nd", Corpus.read(file("a\r\nb\nc\r\r\n\nd")).text());
  }

  @Test
  void read_lineEndingsAreKept() throws IOException {
    assertEquals("a\r\nb\r", Corpus.read(file("a\r\nb\r"), Corpus.LineEndings.KEEP).text());
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
    var e = assertThrows(CorpusException.class, () -> Corpus.read(file));
    assertEquals(file.toString(), e.source());
    String problem =
        String.format(Locale.ROOT, "not UTF-8 (bytes %s at offset %d). ", shown, offset);
    assertTrue(e.getMessage().startsWith(file + ": " + problem), e.getMessage());
  }

  private String refusal(byte[] bytes) throws IOException {
    Path file = file(bytes);
    var held = assertThrows(CorpusException.class, () -> Corpus.read(file));
    Corpus streamed = Corpus.read(file, Corpus.LineEndings.FOLD, 0);
    var inFile = assertThrows(CorpusException.class, streamed::fingerprint);
    assertEquals(held.getMessage(), inFile.getMessage());
    return held.getMessage();
  }

  /** Texts in other encodings; the advice names one with which iconv gives the text. */
  @ParameterizedTest
  @CsvSource({
    "GB18030, 选择是人生中最重要的事情之一。我们每天都在做选择，有的大，有的小。, GB18030",
    "Big5, 選擇是人生中最重要的事情之一。我們每天都在做選擇，有的大，有的小。, Big5",
    "Shift_JIS, 今日は天気がいいですね。山の上に雪が降っています。, Shift_JIS",
    "EUC-JP, 今日は天気がいいですね。山の上に雪が降っています。, EUC-JP",
    "EUC-KR, 오늘은 날씨가 좋습니다. 산 위에 눈이 내립니다., EUC-KR",
    "KOI8-R, 'Сегодня хорошая погода. На горах идёт снег, и все рады.', KOI8-R",
    "windows-1251, 'Сегодня хорошая погода. На горах идёт снег, и все рады.', windows-1251",
    "windows-1252, 'L’été dernier, nous étions à Évreux – c’était très agréable.', windows-1252",
    "ISO-8859-1, 'Über den Bergen fällt Schnee, schöne Grüße aus München.', ISO-8859-1",
    "ISO-8859-9, 'Bugün hava güzel, dağlara kar yağıyor ve çocuklar şarkı söylüyor.', ISO-8859-9",
    "UTF-16LE, 选择是人生中最重要的事情之一。我们每天都在做选择，有的大，有的小。, UTF-16LE",
    "UTF-16BE, 选择是人生中最重要的事情之一。我们每天都在做选择，有的大，有的小。, UTF-16BE",
    "UTF-16LE, It was a grey morning and nobody spoke., UTF-16LE",
    "UTF-16BE, It was a grey morning and nobody spoke., UTF-16BE",
    "UTF-16, 选择, UTF-16",
  })
  void read_otherEncodings_areNamed(String encoding, String line, String named) throws IOException {
    String text = (line + "\n").repeat(20);
    String message = refusal(text.getBytes(Charset.forName(encoding)));
    assertTrue(message.contains("iconv -f " + named + " -t UTF-8 "), message);
    assertEquals(
        text, new String(text.getBytes(Charset.forName(encoding)), Charset.forName(named)));
  }

  @ParameterizedTest
  @CsvSource({
    "1F8B0800, compressed with gzip",
    "504B0304140000, .docx",
    "255044462D312E37, a PDF document",
    "89504E470D0A1A0A, a PNG image",
  })
  void read_otherKindsOfFiles_areNamed(String hex, String kind) throws IOException {
    byte[] bytes = java.util.Arrays.copyOf(HexFormat.of().parseHex(hex), 400);
    new java.util.Random(3).nextBytes(bytes);
    byte[] head = HexFormat.of().parseHex(hex);
    System.arraycopy(head, 0, bytes, 0, head.length);
    String message = refusal(bytes);
    assertTrue(message.contains(kind), message);
    assertTrue(!message.contains("iconv"), message);
  }

  /** A few control characters are text; a file that consists of them is not. */
  @Test
  void read_controlCharacters() throws IOException {
    assertEquals("a\u0000b\u001b[1m", Corpus.read(file("a\u0000b\u001b[1m")).text());
    String message = refusal("\u0001\u0002\u0003\u0010a".repeat(50).getBytes(UTF_8));
    assertTrue(message.contains("not text"), message);
  }

  @Test
  void read_malformed_adviceIsQuotedForAShell() throws IOException {
    byte[] bytes =
        "Über den Bergen fällt Schnee.\n".repeat(20).getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("it's.txt"), bytes);
    var e = assertThrows(CorpusException.class, () -> Corpus.read(file));
    assertTrue(e.getMessage().contains("/it'\\''s.txt' > utf8.txt"), e.getMessage());
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
