package org.charrnn.text;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.charrnn.api.CharRnnException;
import org.charrnn.testkit.fuzz.FuzzTarget;
import org.charrnn.testkit.fuzz.Fuzzer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.CodePointTokenizer;
import org.charrnn.text.encoding.EncodedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads many texts and files that are none, in memory and in pieces, which must agree. */
class CorpusFuzzTest {

  private static final List<byte[]> SEEDS =
      List.of(
          TestRuns.CORPUS.text().getBytes(UTF_8),
          "选择是一件小事。\r\n人总要选。\r\n\r\n选了就走下去。\r".repeat(5).getBytes(UTF_8),
          "A plain text, naïve café — with \uD83D\uDE00 and e\u0301.\n".repeat(8).getBytes(UTF_8),
          ("\uFEFFone\n" + "\uFEFFtwo\n").repeat(4).getBytes(UTF_8),
          "选择是一件小事。\n".repeat(9).getBytes(Charset.forName("GB18030")),
          "Größe, naïve café.\r\n".repeat(9).getBytes(Charset.forName("windows-1252")),
          ("\uFEFF" + "plain\n".repeat(9)).getBytes(UTF_16LE),
          "plain text\n".repeat(9).getBytes(UTF_16BE),
          new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 75, 76},
          new byte[0]);

  private static final List<byte[]> PARTS =
      List.of(
          "\uFEFF".getBytes(UTF_8),
          "\r".getBytes(UTF_8),
          "\r\n".getBytes(UTF_8),
          "\u2028".getBytes(UTF_8),
          "\u0085".getBytes(UTF_8),
          "\033[31m".getBytes(UTF_8),
          "\u202E".getBytes(UTF_8),
          "\uD83D\uDE00".getBytes(UTF_8),
          "\uFFFD".getBytes(UTF_8),
          new byte[] {0},
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
          new byte[] {(byte) 0xC0, (byte) 0xAF}, // overlong
          new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond Unicode
          new byte[] {(byte) 0xE9}); // the rest is missing

  @TempDir private static Path folder;

  @Test
  void texts_areRefusedOrReadAlike_inMemoryAndInPieces() {
    Fuzzer.Figures figures = new Fuzzer("corpus", folder, Target::new).run(10_000, 20);
    assertTrue(figures.refused() > figures.executions() / 8, figures::toString);
    assertTrue(figures.refused() < figures.executions(), figures::toString);
  }

  private static final class Target implements FuzzTarget {

    private static Path file(Path folder) {
      return folder.resolve("text.txt");
    }

    @Override
    public long prepare(Path folder, long index, RandomGenerator random) throws IOException {
      byte[] text = SEEDS.get((int) (index % SEEDS.size()));
      for (int i = random.nextInt(4); i > 0; i--) {
        text = changed(text, random);
      }
      Files.write(file(folder), text);
      return text.length;
    }

    private static byte[] changed(byte[] text, RandomGenerator random) {
      int from = random.nextInt(text.length + 1);
      int to = Math.min(text.length, from + random.nextInt(20));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(text, 0, from);
      switch (random.nextInt(4)) {
        case 0 -> out.writeBytes(PARTS.get(random.nextInt(PARTS.size())));
        case 1 -> out.write(random.nextInt(256));
        case 2 -> {
          out.write(text, from, to - from);
          out.write(text, from, to - from);
        }
        default -> {
          // The span is missing.
        }
      }
      out.write(text, to, text.length - to);
      return out.toByteArray();
    }

    @Override
    public void use(Path folder, long index) {
      Corpus.LineEndings lineEndings = Corpus.LineEndings.values()[(int) (index / 3 % 2)];
      Path file = file(folder);
      if (isRefused(file, lineEndings, Long.MAX_VALUE)) {
        assertTrue(isRefused(file, lineEndings, 0), "it is refused in memory only");
      }
      Corpus memory = Corpus.read(file, lineEndings, Long.MAX_VALUE);
      try (EncodedText one = encoded(memory);
          EncodedText other = encoded(Corpus.read(file, lineEndings, 0))) {
        assertEquals(one.vocabulary(), other.vocabulary());
        assertEquals(one.fingerprint(), other.fingerprint());
        assertArrayEquals(one.ids().toArray(), other.ids().toArray());
      }
      if (index % 16 == 0) {
        TestRuns.charRnn().trainer(memory, config()).close();
      }
    }

    private static boolean isRefused(Path file, Corpus.LineEndings lineEndings, long heldBytes) {
      try (EncodedText _ = encoded(Corpus.read(file, lineEndings, heldBytes))) {
        return false;
      } catch (CharRnnException _) {
        return true;
      }
    }

    private static TrainingConfig config() {
      return TestRuns.config().toBuilder().model(it -> it.layers(1)).build();
    }

    private static EncodedText encoded(Corpus corpus) {
      return EncodedText.of(corpus, new CodePointTokenizer(), Vocabulary.Order.CODE_POINT);
    }
  }
}
