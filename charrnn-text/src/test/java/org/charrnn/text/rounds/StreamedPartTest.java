package org.charrnn.text.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.EncodedText;
import org.charrnn.text.encoding.TextIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has the index of a text reads any part of it as the whole text has it. */
class StreamedPartTest {

  private static final int LINES = 60_000;

  @TempDir private Path folder;

  @Test
  void partOfAnIndexedText_hasTheIdsOfTheWhole() throws IOException, ClassNotFoundException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      text.append("行").append(i * 7919L % 10_007).append(i % 3 == 0 ? " 😀\r\n" : " x\n");
    }
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    Corpus.InFile corpus = new Corpus.InFile(file, Corpus.LineEndings.FOLD);
    Tokenizer tokenizer = Plugins.tokenizers().get("code-point");
    int[] whole;
    Vocabulary vocabulary;
    TextIndex index;
    try (EncodedText encoded = EncodedText.of(corpus, tokenizer, Vocabulary.Order.CODE_POINT)) {
      whole = encoded.ids().toArray();
      vocabulary = encoded.vocabulary();
      index = sent(encoded.index().orElseThrow());
    }
    assertTrue(index.places().size() >= 2, index::toString);
    assertEquals(whole.length, index.length());
    try (StreamedText streamed = StreamedText.open(corpus, index, vocabulary, tokenizer)) {
      for (long from : new long[] {0, whole.length / 2, whole.length - 5000}) {
        PartText part = streamed.slice(new TextParts.Range(from, from + 5000));
        int[] read = new int[1000];
        part.reader(1).read(4000, read, 0, 1000);
        assertArrayEquals(Arrays.copyOfRange(whole, (int) from + 4000, (int) from + 5000), read);
      }
    }
  }

  /** The index as another process receives it. */
  private static TextIndex sent(TextIndex index) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(index);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (TextIndex) in.readObject();
    }
  }
}
