package org.charrnn.text.encoding;

import java.util.Locale;
import java.util.function.IntFunction;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.TextFile;
import org.charrnn.text.corpus.Vocabulary;

/**
 * The ids of a text, or of a part of it, by position. They are in memory, or are decoded from the
 * file whenever they are read; both look the same to the reader.
 *
 * <p><b>Thread safety.</b> Immutable; the readers of one text may be used by one thread at a time.
 */
public final class Ids {

  /** Reads ids; fastest if each read continues where the previous one ended. */
  public interface Reader {
    /**
     * Reads some ids.
     *
     * @param from the position of the first of them
     * @param into receives them
     * @param offset the index in {@code into} of the first
     * @param count their number
     */
    void read(long from, int[] into, int offset, int count);
  }

  /** The source of the ids of a whole text. */
  interface Source {
    /**
     * A reader that buffers the next ids.
     *
     * @param readers the number of readers, which share the memory for buffers
     */
    Reader reader(int readers);
  }

  private final Source source;
  private final long begin;
  private final long length;

  private Ids(Source source, long begin, long length) {
    this.source = source;
    this.begin = begin;
    this.length = length;
  }

  /** Ids in memory; they are not copied. */
  public static Ids of(int... ids) {
    Reader reader =
        (from, into, offset, count) -> System.arraycopy(ids, (int) from, into, offset, count);
    return new Ids(_ -> reader, 0, ids.length);
  }

  /**
   * Ids that are read by given readers.
   *
   * @param readers returns one of so many readers
   * @param length the number of ids
   */
  public static Ids readBy(IntFunction<Reader> readers, long length) {
    return new Ids(readers::apply, 0, length);
  }

  /**
   * The ids of a text in a file, which is read where they are needed.
   *
   * @param index the index of the text
   * @param vocabulary the symbols of the text
   * @param tokenizer the tokenizer of the vocabulary
   */
  public static Ids of(TextFile file, TextIndex index, Vocabulary vocabulary, Tokenizer tokenizer) {
    Encoder encoder = new Encoder(vocabulary, tokenizer);
    return of(new StreamedIds(file, tokenizer, encoder, SeekPoints.of(index)), index.length());
  }

  static Ids of(Source source, long length) {
    return new Ids(source, 0, length);
  }

  /** The number of ids. */
  public long length() {
    return length;
  }

  /** The ids at {@code from .. to - 1}; nothing is copied. */
  public Ids slice(long from, long to) {
    requireWithin(from, to - from);
    return new Ids(source, begin + from, to - from);
  }

  /** The same ids from the last to the first; nothing is copied. */
  public Ids reversed() {
    return new Ids(readers -> new ReversedReader(this, reader(readers)), 0, length);
  }

  /** The ids in the order in which a model reads them. */
  public Ids inReadingOrder(ReadingDirection direction) {
    return direction == ReadingDirection.FORWARD ? this : reversed();
  }

  /** A reader of these ids. */
  public Reader reader() {
    return reader(1);
  }

  /**
   * One of several readers.
   *
   * @param readers the number of readers, which share the memory for buffers
   */
  public Reader reader(int readers) {
    Reader whole = source.reader(readers);
    return (from, into, offset, count) -> {
      requireWithin(from, count);
      whole.read(begin + from, into, offset, count);
    };
  }

  /**
   * All ids, in memory.
   *
   * @throws IllegalStateException if there are more than an array can hold
   */
  public int[] toArray() {
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%d ids are too many for an array", length));
    }
    int[] all = new int[(int) length];
    reader().read(0, all, 0, all.length);
    return all;
  }

  private void requireWithin(long from, long count) {
    if (from < 0 || count < 0 || from > length - count) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "%d ids from position %d on of %d", count, from, length));
    }
  }

  /** The number of ids. */
  @Override
  public String toString() {
    return length + " ids";
  }
}
