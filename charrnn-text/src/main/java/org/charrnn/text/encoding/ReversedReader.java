package org.charrnn.text.encoding;

/**
 * Reads ids from the last to the first, a block at a time: a reader of a file would otherwise seek
 * with each window.
 */
final class ReversedReader implements Ids.Reader {

  private static final int BLOCK = 1 << 14;

  private final Ids ids;
  private final Ids.Reader reader;
  private int[] block = {};
  private long blockStart;

  /** Reads the ids of {@code reader}. */
  ReversedReader(Ids ids, Ids.Reader reader) {
    this.ids = ids;
    this.reader = reader;
  }

  @Override
  public void read(long from, int[] into, int offset, int count) {
    if (from < blockStart || from + count > blockStart + block.length) {
      load(from, (int) Math.min(Math.max(count, BLOCK), ids.length() - from));
    }
    System.arraycopy(block, (int) (from - blockStart), into, offset, count);
  }

  private void load(long from, int count) {
    int[] forward = new int[count];
    reader.read(ids.length() - from - count, forward, 0, count);
    block = new int[count];
    for (int i = 0; i < count; i++) {
      block[i] = forward[count - 1 - i];
    }
    blockStart = from;
  }
}
