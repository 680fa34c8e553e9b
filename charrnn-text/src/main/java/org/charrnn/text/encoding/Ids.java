package org.charrnn.text.encoding;

/**
 * The ids of a text, or of a part of it, by position. They lie in memory, or are made anew from the
 * file whenever they are read; whoever reads cannot tell.
 *
 * <p><b>Thread safety.</b> Immutable, but readers of one text may only be used by one thread at a
 * time.
 */
public final class Ids {

  /** Reads ids; fastest where each reading goes on where the one before it ended. */
  public interface Reader {
    /**
     * Reads some ids.
     *
     * @param from the position of the first of them
     * @param into receives them
     * @param offset where in {@code into}
     * @param count how many
     */
    void read(long from, int[] into, int offset, int count);
  }

  /** Where the ids of a whole text come from. */
  interface Source {
    /**
     * A reader that keeps at hand what comes next.
     *
     * @param readers how many there are going to be, which share the memory for that
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

  static Ids of(Source source, long length) {
    return new Ids(source, 0, length);
  }

  /** How many there are. */
  public long length() {
    return length;
  }

  /** Those at {@code from .. to - 1}; nothing is copied. */
  public Ids slice(long from, long to) {
    requireWithin(from, to - from);
    return new Ids(source, begin + from, to - from);
  }

  /** A reader of these ids. */
  public Reader reader() {
    return reader(1);
  }

  /**
   * One of several readers.
   *
   * @param readers how many there are going to be; the memory for what they read ahead is shared
   *     out among them
   */
  public Reader reader(int readers) {
    Reader whole = source.reader(readers);
    return (from, into, offset, count) -> {
      requireWithin(from, count);
      whole.read(begin + from, into, offset, count);
    };
  }

  /**
   * All of them, in memory.
   *
   * @throws IllegalStateException if there are more than an array can hold
   */
  public int[] toArray() {
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("%d ids are too many for an array".formatted(length));
    }
    int[] all = new int[(int) length];
    reader().read(0, all, 0, all.length);
    return all;
  }

  private void requireWithin(long from, long count) {
    if (from < 0 || count < 0 || from > length - count) {
      throw new IndexOutOfBoundsException(
          "%d ids from position %d on of %d".formatted(count, from, length));
    }
  }

  /** How many there are. */
  @Override
  public String toString() {
    return length + " ids";
  }
}
