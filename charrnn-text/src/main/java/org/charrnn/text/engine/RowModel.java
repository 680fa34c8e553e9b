package org.charrnn.text.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.charrnn.api.ScoreChooser;
import org.charrnn.text.decoding.Scorer;

/**
 * A model that reads ids in several rows at once and scores the next ids of each. A row is one
 * text; its state and its scores do not depend on the rows beside it.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change; several threads may read the
 * {@link #scores} of a step.
 */
public interface RowModel extends Scorer {

  /** A text that is being read. */
  interface Row {}

  /** The maximum number of rows that are computed at once. */
  int maxRows();

  /** The number of ids that {@link #read} reads in each row. */
  int chunk();

  /** A row at the beginning of a text. */
  Row row();

  /** A row in the given state. */
  Row row(RowState state);

  /** Another row in the same state, which does not change with the first one. */
  Row copy(Row row);

  /** The state of a row. */
  RowState state(Row row);

  /**
   * Reads one id in each row; {@link #scores} then has the scores after it.
   *
   * @param rows distinct rows, any number of them
   * @param ids for each row the id to read
   */
  void step(List<Row> rows, int[] ids);

  /**
   * Reads {@link #chunk} ids in each row. Nothing is scored.
   *
   * @param rows distinct rows, at most {@link #maxRows}
   * @param ids those of the first row, then those of the second, ...
   */
  void read(List<Row> rows, int[] ids);

  /**
   * A new chooser for the scores, if the accelerator has one; as {@link
   * org.charrnn.api.Session#chooser}.
   */
  default Optional<ScoreChooser> chooser() {
    return Optional.empty();
  }

  /**
   * Does other work with the threads that compute this model, as {@link
   * org.charrnn.api.Session#forEach}.
   */
  void forEach(int parts, IntConsumer part);
}
