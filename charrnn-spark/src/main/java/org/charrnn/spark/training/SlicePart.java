package org.charrnn.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.charrnn.text.rounds.OuterStep;
import org.charrnn.text.rounds.WorkerReport;
import org.charrnn.text.rounds.WorkerResult;
import scala.Tuple2;

/**
 * A slice of the values of a worker, and its measurements.
 *
 * @param worker the index of the worker
 * @param values the values of the slice
 * @param report its measurements
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record SlicePart(int worker, float[] values, WorkerReport report) implements Serializable {

  /**
   * The sum of a slice.
   *
   * @param slice the index of the slice
   * @param values the sum over all workers
   * @param reports the measurements of all workers, in their order
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  record Sum(int slice, float[] values, List<WorkerReport> reports) implements Serializable {}

  /** The slices of a result, keyed by their index. */
  static Iterator<Tuple2<Integer, SlicePart>> cut(WorkerResult result, int slices) {
    float[] values = result.values();
    List<Tuple2<Integer, SlicePart>> parts = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      float[] some =
          Arrays.copyOfRange(
              values, start(slice, slices, values.length), start(slice + 1, slices, values.length));
      parts.add(new Tuple2<>(slice, new SlicePart(result.worker(), some, result.report())));
    }
    return parts.iterator();
  }

  static int start(int slice, int slices, int length) {
    return (int) ((long) slice * length / slices);
  }

  /** Sums a slice in the order of the workers, whatever the order in which they arrived. */
  static Sum sum(int slice, Iterable<SlicePart> parts) {
    List<SlicePart> ordered =
        StreamSupport.stream(parts.spliterator(), false)
            .sorted(Comparator.comparingInt(SlicePart::worker))
            .toList();
    return new Sum(
        slice,
        OuterStep.sum(ordered.stream().map(SlicePart::values).toList()),
        new ArrayList<>(ordered.stream().map(SlicePart::report).toList()));
  }
}
