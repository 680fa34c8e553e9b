package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.util.List;
import org.charrnn.accel.tornado.layout.Grid;

/**
 * A loop over time whose rows do not depend on one another, such as the texts of a batch: each
 * work-group runs all steps for some rows. Its work items share the columns and wait for one
 * another at barriers, so that a window needs one launch and the host waits for none of its steps.
 *
 * @param phases the computations of a step: the statements of a phase have one shape, and each
 *     element depends only on the same element of the others; a phase reads what earlier ones wrote
 * @param steps the number of steps
 * @param reverse whether the steps run from the last to the first
 */
public record RowLoopKernel(List<List<Statement>> phases, int steps, boolean reverse)
    implements Kernel {

  /**
   * With more groups than this, each has several rows. Reading the weights bounds the time of a
   * group, whatever the number of its rows, and more groups read more of them from the common
   * cache.
   */
  private static final int GROUPS = 16;

  /** A work item has registers for the sums of so many rows. */
  private static final int MOST_ROWS = 4;

  /** Copies the lists. */
  public RowLoopKernel {
    phases = phases.stream().map(List::copyOf).toList();
  }

  int rows() {
    return phases.getFirst().getFirst().rows();
  }

  /** The number of rows that a work-group computes. */
  int rowsOfGroup() {
    return Math.min(MOST_ROWS, Math.ceilDiv(rows(), GROUPS));
  }

  /** Whether there is a work-group some of whose rows are beyond the last one. */
  boolean hasRowsBeyond() {
    return rows() % rowsOfGroup() != 0;
  }

  /** The number of work items of a work-group. */
  int groupSize() {
    int columns = phases.stream().mapToInt(phase -> phase.getFirst().columns()).max().orElseThrow();
    return Math.min(Grid.LARGEST_GROUP, Grid.of(columns).globalX());
  }

  /** The launch of this kernel. */
  public Launch launch() {
    int groups = Math.ceilDiv(rows(), rowsOfGroup());
    return new Launch("loop", this, new Grid(groups * groupSize(), 1, groupSize(), 1));
  }

  @Override
  public boolean usesBarriers() {
    return true;
  }

  @Override
  public void emit(CodeBuilder code, int step) {
    RowLoopEmitter.emit(code, this);
  }
}
