package org.charrnn.cli.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The model that a command loads, its first argument. */
public final class ModelArgument {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "Checkpoint written by 'charrnn train'.")
  private @Nullable Path file;

  /** Creates the argument without a value; picocli sets it. */
  public ModelArgument() {}

  /** The checkpoint. */
  public Path file() {
    return Required.required(file);
  }
}
