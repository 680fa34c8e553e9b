package org.charrnn.text.corpus;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A regular file of this machine. Bytes that are appended after it was opened are not read; moving
 * or removing the file then has no effect.
 *
 * @param path its path in the default file system
 */
record LocalFile(Path path) implements ByteSource {

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Reading open() throws IOException {
    // Not a channel: that would be closed if the thread that reads were interrupted.
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      return new Open(file, file.length());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private record Open(RandomAccessFile file, long size) implements Reading {

    @Override
    public void read(long offset, byte[] into, int count) throws IOException {
      file.seek(offset);
      file.readFully(into, 0, count);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
