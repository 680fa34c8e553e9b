package org.charrnn.text.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.SampleTexts;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.corpus.WordTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EncodedTextTest {

  private static final Tokenizer CODE_POINTS = new CodePointTokenizer();

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("text.txt"), text);
  }

  private static Corpus inFile(Path file) {
    return Corpus.read(file, Corpus.LineEndings.FOLD, 0);
  }

  private static EncodedText encoded(Corpus corpus) {
    return EncodedText.of(corpus, CODE_POINTS, Vocabulary.Order.CODE_POINT);
  }

  static Stream<Arguments> ways() {
    return Stream.of(CODE_POINTS, new WordTokenizer())
        .flatMap(tokenizer ->
            Arrays.stream(Vocabulary.Order.values())
                .flatMap(order ->
                    Arrays.stream(Corpus.LineEndings.values())
                        .map(lineEndings -> arguments(tokenizer, order, lineEndings))));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void of_inFileAndInMemoryAreTheSame(
      Tokenizer tokenizer, Vocabulary.Order order, Corpus.LineEndings lineEndings)
      throws IOException {
    Path file = write("\uFEFF" + SampleTexts.mixed(300_000, 3)); // several pieces, several marks
    Corpus held = Corpus.read(file, lineEndings);
    Corpus inFile = Corpus.read(file, lineEndings, 0);
    assertInstanceOf(Corpus.InMemory.class, held);
    assertInstanceOf(Corpus.InFile.class, inFile);
    try (EncodedText expected = EncodedText.of(held, tokenizer, order);
        EncodedText actual = EncodedText.of(inFile, tokenizer, order);
        EncodedText again = EncodedText.of(inFile, tokenizer, expected.vocabulary())) {
      assertEquals(expected.vocabulary(), actual.vocabulary());
      assertEquals(held.fingerprint(), actual.fingerprint());
      assertArrayEquals(expected.ids().toArray(), actual.ids().toArray());
      assertArrayEquals(expected.ids().toArray(), again.ids().toArray());
      assertEquals(actual.fingerprint(), again.fingerprint());
    }
  }

  @Test
  void ids_anyOfThemInAnyOrder() throws IOException {
    try (EncodedText text = encoded(inFile(write(SampleTexts.mixed(400_000, 4))))) {
      int[] all = text.ids().toArray();
      SeededRandom random = new SeededRandom(5);
      for (int readers : new int[] {1, 100, 100_000}) {
        Ids.Reader reader = text.ids().reader(readers);
        for (int i = 0; i < 200; i++) {
          int from = random.nextInt(all.length);
          int count = random.nextInt(Math.min(all.length - from, i % 10 == 0 ? 100_000 : 70) + 1);
          int[] read = new int[count + 2];
          reader.read(from, read, 1, count);
          assertArrayEquals(
              Arrays.copyOfRange(all, from, from + count), Arrays.copyOfRange(read, 1, count + 1));
          assertEquals(0, read[0]);
          assertEquals(0, read[count + 1]);
        }
      }
    }
  }

  @Test
  void ids_partsOfParts() throws IOException {
    try (EncodedText text = encoded(inFile(write("abcdefghij")))) {
      Ids part = text.ids().slice(2, 9).slice(1, 5); // d e f g
      assertArrayEquals(new int[] {3, 4, 5, 6}, part.toArray());
      assertThrows(IndexOutOfBoundsException.class, () -> part.slice(0, 5));
      assertThrows(IndexOutOfBoundsException.class, () -> part.reader().read(3, new int[2], 0, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> part.reader().read(-1, new int[2], 0, 2));
    }
  }

  /** Each stream has a place of its own, and what they read ahead is independent. */
  @Test
  void windows_ofAFile() throws IOException {
    try (EncodedText text = encoded(inFile(write(SampleTexts.mixed(60_000, 6))))) {
      int[] all = text.ids().toArray();
      Windows expected = new Windows(Ids.of(all), 50, 7);
      Windows actual = new Windows(text.ids(), 50, 7);
      assertEquals(expected.count(), actual.count());
      for (int pass = 0; pass < 2; pass++) {
        for (int window = 0; window < expected.count(); window++) {
          int[][] filled = new int[4][350];
          expected.fill(window, filled[0], filled[1]);
          actual.fill(window, filled[2], filled[3]);
          assertArrayEquals(filled[0], filled[2]);
          assertArrayEquals(filled[1], filled[3]);
        }
      }
    }
  }

  @Test
  void of_malformedFarIntoTheFile() throws IOException {
    byte[] bytes = "选择\n".repeat(100_000).getBytes(UTF_8);
    bytes[654_321] = (byte) 0xFF;
    Path file = Files.write(folder.resolve("text.txt"), bytes);
    var held = assertThrows(CorpusException.class, () -> Corpus.read(file));
    var e = assertThrows(CorpusException.class, () -> encoded(inFile(file)));
    assertEquals(held.getMessage(), e.getMessage());
    Files.delete(file); // nothing holds it, where that would matter
  }

  @ParameterizedTest
  @CsvSource({"''", "\uFEFF"})
  void of_emptyFile(String text) throws IOException {
    Path file = write(text);
    var e = assertThrows(CorpusException.class, () -> encoded(inFile(file)));
    assertEquals(file + ": the file is empty; give one with text in it", e.getMessage());
  }

  @Test
  void of_symbolThatTheVocabularyLacks() throws IOException {
    Vocabulary vocabulary = Vocabularies.of("abc", CODE_POINTS, Vocabulary.Order.CODE_POINT);
    Corpus corpus = inFile(write("abcabc选"));
    var e =
        assertThrows(
            UnknownSymbolException.class, () -> EncodedText.of(corpus, CODE_POINTS, vocabulary));
    assertTrue(e.getMessage().contains("选"), e.getMessage());
  }

  // ---- the file while it is in use

  @Test
  void ids_fileThatGrows() throws IOException {
    Path file = write("abc".repeat(100_000));
    try (EncodedText text = encoded(inFile(file))) {
      Files.writeString(file, "xyz", StandardOpenOption.APPEND);
      assertEquals(300_000, text.ids().length());
      assertEquals(2, text.ids().toArray()[299_999]);
    }
  }

  @Test
  void ids_fileThatIsRemoved() throws IOException {
    Path file = write("abc".repeat(100_000));
    try (EncodedText text = encoded(inFile(file))) {
      Files.delete(file);
      assertEquals(1, text.ids().slice(299_998, 299_999).toArray()[0]);
    }
  }

  @Test
  void ids_fileThatIsCutShort() throws IOException {
    Path file = write("abc".repeat(100_000));
    try (EncodedText text = encoded(inFile(file))) {
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(1000);
      }
      assertChanged(text);
    }
  }

  @Test
  void ids_fileWithOtherSymbols() throws IOException {
    Path file = write("abc".repeat(100_000));
    try (EncodedText text = encoded(inFile(file))) {
      try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
        changed.write('x');
      }
      assertChanged(text);
    }
  }

  private static void assertChanged(EncodedText text) {
    var e = assertThrows(CorpusException.class, () -> text.ids().toArray());
    assertTrue(e.getMessage().contains("changed while it was in use"), e.getMessage());
  }

  @Test
  void read_interruptedThread() throws IOException {
    try (EncodedText text = encoded(inFile(write("abc".repeat(100_000))))) {
      Thread.currentThread().interrupt();
      int[] all = text.ids().toArray();
      assertTrue(Thread.interrupted());
      assertEquals(List.of(0, 1, 2), Arrays.stream(all).limit(3).boxed().toList());
    }
  }
}
