package org.charrnn.text.encoding;

/**
 * Reads a text stretch by stretch, and says where documents begin in it.
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
   * @param readers how many stretches of this text are going to be read side by side
   * @param longest the length of the longest one
   */
  public IdWindow(Ids text, int readers, int longest, Documents documents) {
    this.reader = text.reader(readers);
    this.documents = documents;
    this.ids = new int[Documents.LOOK_BACK + longest];
  }

  /** Reads {@code count} ids from a position on. */
  public void read(long from, int count) {
    int before = (int) Math.min(from, Documents.LOOK_BACK);
    first = Documents.LOOK_BACK - before;
    reader.read(from - before, ids, first, before + count);
  }

  /** The id at {@code index} of the stretch. */
  public int id(int index) {
    return ids[Documents.LOOK_BACK + index];
  }

  /** Whether a document begins at {@code index} of the stretch. */
  public boolean documentBegins(int index) {
    return documents.beginAt(ids, Documents.LOOK_BACK + index, first);
  }
}
