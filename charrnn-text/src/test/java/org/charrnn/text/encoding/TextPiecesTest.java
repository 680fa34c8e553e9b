package org.charrnn.text.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.SampleTexts;
import org.charrnn.text.corpus.TextFile;
import org.charrnn.text.corpus.WordTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextPiecesTest {

  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("text.txt"), bytes);
  }

  /** The pieces, each with the place where it begins. */
  private static Map<SeekPoint, String> pieces(
      TextFile file, Tokenizer tokenizer, int bytes, SeekPoint from) {
    TextPieces pieces = new TextPieces(file, tokenizer, bytes, from);
    Map<SeekPoint, String> read = new LinkedHashMap<>();
    while (true) {
      SeekPoint mark = pieces.mark();
      String piece = pieces.next();
      if (piece == null) {
        return read;
      }
      assertFalse(piece.isEmpty(), "an empty piece");
      read.put(mark, piece);
    }
  }

  private static List<String> symbols(Iterable<String> pieces, Tokenizer tokenizer) {
    List<String> symbols = new ArrayList<>();
    pieces.forEach(piece -> tokenizer.split(piece, symbols::add));
    return symbols;
  }

  /** Whatever the size of the pieces, they split as the whole text does that is read at once. */
  @ParameterizedTest
  @EnumSource
  void next_piecesSplitAsTheWhole(Corpus.LineEndings lineEndings) throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Path path =
          write(
              (seed % 2 == 0 ? "\uFEFF" : "").concat(SampleTexts.mixed(60, seed)).getBytes(UTF_8));
      String whole = Corpus.read(path, lineEndings).text();
      for (Tokenizer tokenizer : List.of(new CodePointTokenizer(), new WordTokenizer())) {
        for (int bytes : new int[] {1, 8, 9, 10, 11, 13, 50, 10_000}) {
          try (TextFile file = new Corpus.InFile(path, lineEndings).open()) {
            var pieces = pieces(file, tokenizer, bytes, SeekPoint.BEGINNING).values();
            assertEquals(
                whole, String.join("", pieces), String.format(Locale.ROOT, "seed %d", seed));
            assertEquals(symbols(List.of(whole), tokenizer), symbols(pieces, tokenizer));
          }
        }
      }
    }
  }

  /** From the mark of any piece, with pieces of another size, the same text follows. */
  @ParameterizedTest
  @EnumSource
  void mark_readingCanBeginThere(Corpus.LineEndings lineEndings) throws IOException {
    for (int seed = 0; seed < 10; seed++) {
      Path path = write(("\uFEFF" + SampleTexts.mixed(80, 100 + seed)).getBytes(UTF_8));
      for (Tokenizer tokenizer : List.of(new CodePointTokenizer(), new WordTokenizer())) {
        try (TextFile file = new Corpus.InFile(path, lineEndings).open()) {
          Map<SeekPoint, String> pieces = pieces(file, tokenizer, 12, SeekPoint.BEGINNING);
          String left = String.join("", pieces.values());
          for (Map.Entry<SeekPoint, String> piece : pieces.entrySet()) {
            for (int bytes : new int[] {8, 17, 1000}) {
              var rest = pieces(file, tokenizer, bytes, piece.getKey()).values();
              assertEquals(left, String.join("", rest), piece.getKey().toString());
              assertEquals(symbols(List.of(left), tokenizer), symbols(rest, tokenizer));
            }
            left = left.substring(piece.getValue().length());
          }
        }
      }
    }
  }

  /** The same offset and the same message as for a text that is read at once. */
  @ParameterizedTest
  @CsvSource({"FF, 0", "E9 80, 2", "C0 80, 0", "ED A0 80, 0", "F4 90 80 80, 0", "80, 0"})
  void next_malformed(String hex, int after) throws IOException {
    byte[] bad = HexFormat.ofDelimiter(" ").parseHex(hex);
    for (int before = 1; before < 40; before++) {
      byte[] bytes = new byte[before + bad.length + after];
      Arrays.fill(bytes, (byte) 'a');
      System.arraycopy(bad, 0, bytes, before, bad.length);
      Path path = write(bytes);
      var held = assertThrows(CorpusException.class, () -> Corpus.read(path));
      try (TextFile file = new Corpus.InFile(path, Corpus.LineEndings.FOLD).open()) {
        var e =
            assertThrows(
                CorpusException.class,
                () -> pieces(file, new CodePointTokenizer(), 16, SeekPoint.BEGINNING));
        assertTrue(held.getMessage().contains("at offset " + before), held.getMessage());
        assertEquals(held.getMessage(), e.getMessage());
      }
    }
  }

  @Test
  void next_cutInTheMiddleOfACharacterAtTheEnd() throws IOException {
    Path path = write(new byte[] {'a', (byte) 0xE9, (byte) 0x80});
    try (TextFile file = new Corpus.InFile(path, Corpus.LineEndings.FOLD).open()) {
      var e =
          assertThrows(
              CorpusException.class,
              () -> pieces(file, new CodePointTokenizer(), 16, SeekPoint.BEGINNING));
      assertTrue(e.getMessage().contains("at offset 1)"), e.getMessage());
    }
  }

  /** A line of any length, up to a limit, is waited for if the tokenizer wants it whole. */
  @Test
  void next_longLine() throws IOException {
    String line = "word ".repeat(20_000) + "\n";
    String rest = "b\n".repeat(100_000);
    Path path = write(("a\n" + line + rest).getBytes(UTF_8));
    try (TextFile file = new Corpus.InFile(path, Corpus.LineEndings.FOLD).open()) {
      List<String> pieces =
          List.copyOf(pieces(file, new WordTokenizer(), 64, SeekPoint.BEGINNING).values());
      assertEquals("a\n", pieces.getFirst());
      assertTrue(pieces.get(1).startsWith(line), "the line is cut");
      assertTrue(pieces.size() > 3, "pieces stay large");
      assertEquals("a\n" + line + rest, String.join("", pieces));
    }
  }

  @Test
  void next_lineThatIsTooLong() throws IOException {
    Path path = write(("a\n" + "b".repeat(2 * TextPieces.LONGEST)).getBytes(UTF_8));
    try (TextFile file = new Corpus.InFile(path, Corpus.LineEndings.FOLD).open()) {
      var e =
          assertThrows(
              CorpusException.class,
              () -> pieces(file, new WordTokenizer(), 1 << 16, SeekPoint.BEGINNING));
      assertTrue(e.getMessage().contains("the tokenizer 'words' requires"), e.getMessage());
    }
  }
}
