package org.charrnn.text.corpus;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;

/**
 * The bytes of a text, wherever they are stored. They must not change while the text is in use.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public interface ByteSource {

  /** {@return the file, or another description that identifies the text for a user} */
  String name();

  /**
   * Opens the bytes to read them in any order.
   *
   * @return the open bytes, to be closed
   * @throws IOException if that fails
   */
  Reading open() throws IOException;

  /**
   * Bytes that are open.
   *
   * <p><b>Thread safety.</b> One thread at a time.
   */
  interface Reading extends Closeable {

    /**
     * Their number, which does not change.
     *
     * @return the number of bytes
     */
    long size();

    /**
     * Reads some of them.
     *
     * @param offset the offset of the first
     * @param into receives them from index 0 on
     * @param count their number
     * @throws EOFException if there are fewer, because they changed
     * @throws IOException if they cannot be read
     */
    void read(long offset, byte[] into, int count) throws IOException;
  }
}
