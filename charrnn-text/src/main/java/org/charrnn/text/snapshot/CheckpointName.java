package org.charrnn.text.snapshot;

import java.nio.file.Path;
import java.util.List;

/** The names of the files of a run, after that of its checkpoint. */
public final class CheckpointName {

  private static final String BEST = ".best";
  private static final List<String> EXTENSIONS = List.of(".ckpt", ".safetensors");

  private CheckpointName() {}

  /**
   * The file for the model with the lowest loss on the held-out text, beside the checkpoint: {@code
   * essays.best.ckpt} for {@code essays.ckpt}, {@code lr0.002.best} for {@code lr0.002}.
   */
  public static Path best(Path checkpoint) {
    String stem = stem(checkpoint);
    String extension = name(checkpoint).substring(stem.length());
    return checkpoint.resolveSibling(stem + BEST + extension);
  }

  /**
   * The name of a checkpoint without the extension of checkpoints. Other endings are part of the
   * name, so that the files of {@code lr0.002} and {@code lr0.004} differ.
   */
  public static String stem(Path checkpoint) {
    String name = name(checkpoint);
    return EXTENSIONS.stream()
        .filter(extension -> name.endsWith(extension) && name.length() > extension.length())
        .findFirst()
        .map(extension -> name.substring(0, name.length() - extension.length()))
        .orElse(name);
  }

  /**
   * The name of a checkpoint as versions before 0.1 took it apart: without any ending. They named
   * the other files of a run after it.
   */
  public static String stemOfEarlierVersions(Path checkpoint) {
    String name = name(checkpoint);
    int ending = name.lastIndexOf('.');
    return ending > 0 ? name.substring(0, ending) : name;
  }

  /** As {@link #best}, for a run of a version before 0.1. */
  static Path bestOfEarlierVersions(Path checkpoint) {
    String stem = stemOfEarlierVersions(checkpoint);
    return checkpoint.resolveSibling(stem + BEST + name(checkpoint).substring(stem.length()));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
