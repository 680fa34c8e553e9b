package org.charrnn.text.rounds;

import java.util.Optional;
import java.util.function.IntFunction;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.Encoder;
import org.charrnn.text.encoding.TextIndex;

/**
 * The ids of the text that a worker reads, in the order of the text: its {@linkplain TextParts#part
 * part}. They may be in memory or be read wherever they are needed.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public interface PartText {

  /** Reads ids; fastest if each read continues where the previous one ended. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads some ids.
     *
     * @param from the position of the first of them in the part
     * @param into receives them
     * @param offset the index in {@code into} of the first
     * @param count their number
     */
    void read(long from, int[] into, int offset, int count);
  }

  /** {@return the number of ids} */
  long length();

  /**
   * One of several readers, each of which reads in ascending order most of the time.
   *
   * @param readers the number of readers, which share the memory for buffers
   * @return a reader
   */
  Reader reader(int readers);

  /** {@return places in the file of the text; empty if it is in memory, or is a part of a text} */
  default Optional<TextIndex> index() {
    return Optional.empty();
  }

  /**
   * Ids in memory; they are not copied.
   *
   * @param ids the ids
   * @return the text
   */
  static PartText of(int... ids) {
    return of(
        ids.length,
        _ -> (from, into, offset, count) -> System.arraycopy(ids, (int) from, into, offset, count));
  }

  /**
   * A text that is read by given readers.
   *
   * @param length the number of ids
   * @param readers returns one of so many readers
   * @return the text
   */
  static PartText of(long length, IntFunction<Reader> readers) {
    return new PartText() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public Reader reader(int count) {
        return readers.apply(count);
      }
    };
  }

  /**
   * A text in memory.
   *
   * @param text the text
   * @param vocabulary its symbols
   * @param tokenizer the tokenizer of the vocabulary
   * @return the text
   * @throws UnknownSymbolException if a symbol has no id
   */
  static PartText of(String text, Vocabulary vocabulary, Tokenizer tokenizer) {
    return of(new Encoder(vocabulary, tokenizer).encode(text));
  }

  /**
   * The ids of a range of this text.
   *
   * @param range the range
   * @return the text
   */
  default PartText slice(TextParts.Range range) {
    return of(
        range.length(),
        readers -> {
          Reader reader = reader(readers);
          return (from, into, offset, count) ->
              reader.read(range.from() + from, into, offset, count);
        });
  }
}
