package org.charrnn.spark.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.charrnn.api.CharRnnException;

/**
 * A file of any file system that Hadoop reads. Without a scheme, a path is one of the default file
 * system of the configuration, which is the local one unless {@code fs.defaultFS} is set.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 *
 * @param path the path
 * @param configuration the configuration of Hadoop, not changed
 */
public record HadoopFile(String path, Configuration configuration) {

  /** {@return whether it is a file of this machine} */
  public boolean isLocal() {
    try {
      return fileSystem().getScheme().equals("file");
    } catch (IOException e) {
      throw new FileException(path, e);
    }
  }

  /** {@return the path of a file of this machine} */
  public Path local() {
    return Path.of(hadoopPath().toUri().getPath());
  }

  /**
   * Whether it exists.
   *
   * @return whether it exists
   * @throws CharRnnException if that cannot be found out
   */
  public boolean exists() {
    try {
      return fileSystem().exists(hadoopPath());
    } catch (IOException e) {
      throw new FileException(path, e);
    }
  }

  /**
   * Checks that it does not exist.
   *
   * @param remedy what to do if it does, for the message
   * @throws CharRnnException if it exists
   */
  public void requireAbsent(String remedy) {
    if (exists()) {
      throw new FileException(path, new IOException("the file exists; " + remedy));
    }
  }

  /**
   * Copies it to a local file, which it replaces.
   *
   * @param local a file of this machine
   * @throws CharRnnException if that fails
   */
  public void copyTo(Path local) {
    try {
      Configuration target = new Configuration(configuration);
      FileSystem from = fileSystem();
      FileSystem to = FileSystem.getLocal(target).getRawFileSystem();
      boolean overwrite = true;
      FileUtil.copy(from, hadoopPath(), to, hadoopPath(local), false, overwrite, target);
    } catch (IOException e) {
      throw new FileException(path, e);
    }
  }

  /**
   * Replaces it by a local file. At every moment it is either the old one or the new one, complete,
   * on file systems that can replace a file in one step, such as local ones, HDFS and S3A.
   *
   * @param local a file of this machine
   * @throws CharRnnException if that fails
   */
  public void replaceBy(Path local) {
    try {
      FileSystem to = fileSystem();
      if (isLocal()) {
        replaceLocal(local);
        return;
      }
      org.apache.hadoop.fs.Path target = hadoopPath();
      org.apache.hadoop.fs.Path part = target.suffix(".part");
      FileSystem from = FileSystem.getLocal(configuration).getRawFileSystem();
      FileUtil.copy(from, hadoopPath(local), to, part, false, true, configuration);
      rename(to, part, target);
    } catch (IOException e) {
      throw new FileException(path, e);
    }
  }

  /** Hadoop would start a process for each step of it. */
  private void replaceLocal(Path source) throws IOException {
    Path target = local().toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.createDirectories(Objects.requireNonNull(target.getParent(), "a file has a parent"));
    Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void rename(
      FileSystem files, org.apache.hadoop.fs.Path part, org.apache.hadoop.fs.Path target)
      throws IOException {
    FileContext context;
    try {
      context = FileContext.getFileContext(files.getUri(), configuration);
    } catch (UnsupportedFileSystemException _) { // it cannot replace a file in one step
      files.delete(target, false);
      if (!files.rename(part, target)) {
        throw new IOException("the new version, " + part + ", cannot be renamed to it");
      }
      return;
    }
    context.rename(
        files.makeQualified(part), files.makeQualified(target), Options.Rename.OVERWRITE);
  }

  FileSystem fileSystem() throws IOException {
    return hadoopPath().getFileSystem(configuration);
  }

  org.apache.hadoop.fs.Path hadoopPath() {
    return new org.apache.hadoop.fs.Path(path);
  }

  private static org.apache.hadoop.fs.Path hadoopPath(Path local) {
    return new org.apache.hadoop.fs.Path(local.toUri());
  }
}
