package org.charrnn.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.charrnn.api.CharRnnException;

/** Damaged inputs of one kind, and the program that reads them. Each thread has one of its own. */
public interface FuzzTarget {

  /**
   * Writes an input.
   *
   * @param folder the folder for its files, which may contain those of earlier inputs
   * @param index the index of the input: small ones go through all simple changes
   * @param random the source of other changes
   * @return the size of the input in bytes
   */
  long prepare(Path folder, long index, RandomGenerator random) throws IOException;

  /** Reads the input and uses it. */
  void use(Path folder, long index) throws IOException;

  /** Whether an exception is a documented way to refuse the input. */
  default boolean isDocumented(Exception failure) {
    return failure instanceof CharRnnException;
  }
}
