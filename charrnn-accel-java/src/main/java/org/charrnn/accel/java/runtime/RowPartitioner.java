package org.charrnn.accel.java.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.charrnn.graph.Op;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;

/**
 * Cuts a loop into loops over some of the rows each, so that threads run all iterations without
 * waiting for one another. That is possible if no row that the loop computes depends on another
 * one, as in a recurrent network, whose rows are the texts of a batch.
 */
public final class RowPartitioner {

  private final Instruction.Loop loop;
  private final Set<Buffer> written;
  private final int rows; // of everything that the loop writes

  private RowPartitioner(Instruction.Loop loop) {
    this.loop = loop;
    this.written = loop.written();
    this.rows = loop.body().getFirst().outputs().getFirst().rows();
  }

  /**
   * Cuts a loop.
   *
   * @param fewestRows the rows that a part must have to pay
   * @return a loop for each of {@code parts} parts; empty if the loop cannot be cut or has too few
   *     rows
   */
  public static Optional<List<Instruction.Loop>> of(
      Instruction.Loop loop, int parts, int fewestRows) {
    if (parts == 1 || loop.body().isEmpty()) {
      return Optional.empty();
    }
    RowPartitioner partitioner = new RowPartitioner(loop);
    int rows = partitioner.rows;
    if (rows / parts < fewestRows || !loop.body().stream().allMatch(partitioner::canCut)) {
      return Optional.empty();
    }
    return Optional.of(
        IntStream.range(0, parts)
            .mapToObj(part -> partitioner.cut(rows * part / parts, rows * (part + 1) / parts))
            .toList());
  }

  private boolean canCut(Instruction.Run run) {
    boolean known =
        switch (run.kernel()) {
          case Op.MatMul(boolean transposeA, boolean _) ->
              !transposeA && loop.isFixed(run.inputs().get(1));
          case Op.Elementwise _ -> true;
          default -> false;
        };
    return known
        && run.outputs().stream().allMatch(this::isCut)
        && IntStream.range(0, run.inputs().size())
            .filter(i -> !isRight(run, i))
            .mapToObj(run.inputs()::get)
            .allMatch(slot -> isCut(slot) || (slot.rows() == 1 && loop.isFixed(slot)));
  }

  private static boolean isRight(Instruction.Run run, int input) {
    return input == 1 && run.kernel() instanceof Op.MatMul;
  }

  /** Whether a part has rows of its own in this slot, in all iterations. */
  private boolean isCut(Slot slot) {
    return slot.rows() == rows
        && (!written.contains(slot.buffer())
            || (slot.row() % rows == 0 && slot.stride() % rows == 0));
  }

  private Instruction.Loop cut(int from, int to) {
    return new Instruction.Loop(
        loop.steps(), loop.reverse(), loop.body().stream().map(run -> cut(run, from, to)).toList());
  }

  private Instruction.Run cut(Instruction.Run run, int from, int to) {
    List<Slot> inputs = new ArrayList<>();
    for (int i = 0; i < run.inputs().size(); i++) {
      Slot slot = run.inputs().get(i);
      inputs.add(isRight(run, i) || slot.rows() != rows ? slot : cut(slot, from, to));
    }
    List<Slot> outputs = run.outputs().stream().map(slot -> cut(slot, from, to)).toList();
    return new Instruction.Run(run.kernel(), inputs, outputs);
  }

  private static Slot cut(Slot slot, int from, int to) {
    return new Slot(slot.buffer(), slot.row() + from, to - from, slot.stride());
  }
}
