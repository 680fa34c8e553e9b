package org.charrnn.spark.files;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.corpus.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * A text in any file system that Hadoop reads: a file, or the files of a folder in the order of
 * their names, as jobs write them. Every process that has access to the file system can read it,
 * each only the pieces that it needs.
 *
 * @param name the path that the user gave
 * @param parts the files
 * @param configuration the configuration of Hadoop
 */
public record HadoopText(String name, List<Part> parts, SerializableConfiguration configuration)
    implements ByteSource, Serializable {

  /**
   * A file of a text.
   *
   * @param path the file
   * @param begin the offset of its first byte in the text
   * @param size its size
   */
  record Part(String path, long begin, long size) implements Serializable {
    long end() {
      return begin + size;
    }
  }

  /**
   * Finds the files of a text.
   *
   * @param configuration the configuration of Hadoop
   * @param path a file, or a folder; files in it whose names begin with {@code _} or {@code .} are
   *     no part of the text
   * @return the text
   * @throws CharRnnException if there is none
   */
  public static HadoopText find(String path, Configuration configuration) {
    try {
      Path place = new Path(path);
      FileSystem files = place.getFileSystem(configuration);
      if (!files.exists(place)) {
        throw new FileNotFoundException(
            "there is no such file (looked for " + files.makeQualified(place) + ")");
      }
      return new HadoopText(
          path, parts(files.listStatus(place)), new SerializableConfiguration(configuration));
    } catch (IOException e) {
      throw new FileException(path, e);
    }
  }

  private static List<Part> parts(FileStatus[] found) {
    List<FileStatus> files =
        List.of(found).stream()
            .filter(FileStatus::isFile)
            .filter(file -> !file.getPath().getName().matches("[_.].*"))
            .sorted(Comparator.comparing(file -> file.getPath().getName()))
            .toList();
    List<Part> parts = new ArrayList<>();
    long begin = 0;
    for (FileStatus file : files) {
      if (file.getLen() > 0) {
        parts.add(new Part(file.getPath().toString(), begin, file.getLen()));
        begin += file.getLen();
      }
    }
    return List.copyOf(parts);
  }

  /** The number of bytes. */
  long size() {
    return parts.isEmpty() ? 0 : parts.getLast().end();
  }

  @Override
  public Reading open() {
    return new Open();
  }

  /** Keeps the file open that was read last. */
  private final class Open implements Reading {

    private @Nullable FSDataInputStream opened;
    private int current = -1; // the index of the opened part

    @Override
    public long size() {
      return HadoopText.this.size();
    }

    @Override
    public void read(long offset, byte[] into, int count) throws IOException {
      int done = 0;
      while (done < count) {
        long position = offset + done;
        int index = indexOf(position);
        Part part = parts.get(index);
        int some = (int) Math.min(count - done, part.end() - position);
        stream(index).readFully(position - part.begin(), into, done, some);
        done += some;
      }
    }

    private int indexOf(long position) throws IOException {
      for (int i = 0; i < parts.size(); i++) {
        if (position < parts.get(i).end()) {
          return i;
        }
      }
      throw new EOFException(name + " ends before byte " + position);
    }

    private FSDataInputStream stream(int index) throws IOException {
      FSDataInputStream stream = opened;
      if (stream == null || index != current) {
        close();
        Path path = new Path(parts.get(index).path());
        stream = path.getFileSystem(configuration.value()).open(path);
        opened = stream;
        current = index;
      }
      return stream;
    }

    @Override
    public void close() throws IOException {
      if (opened != null) {
        opened.close();
        opened = null;
      }
    }
  }
}
