package org.charrnn.text.encoding;

/**
 * Reads a text in windows, and finds the documents that begin in them.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class IdWindow {

  private final Ids.Reader reader;
  private final Documents documents;
  private final int[] ids;
  private int first;

  /**
   * Prepares to read.
   *
   * @param readers the number of windows of this text that are read in parallel
   * @param longest the maximum length of a window
   */
  public IdWindow(Ids text, int readers, int longest, Documents documents) {
    this.reader = text.reader(readers);
    this.documents = documents;
    this.ids = new int[Documents.LOOK_BACK + longest];
  }

  /** Reads {@code count} ids from a position. */
  public void read(long from, int count) {
    int before = (int) Math.min(from, Documents.LOOK_BACK);
    first = Documents.LOOK_BACK - before;
    reader.read(from - before, ids, first, before + count);
  }

  /** The id at {@code index} of the window. */
  public int id(int index) {
    return ids[Documents.LOOK_BACK + index];
  }

  /** Whether a document begins at {@code index} of the window. */
  public boolean documentBegins(int index) {
    return documents.beginAt(ids, Documents.LOOK_BACK + index, first);
  }
}
