package org.charrnn.accel.tornado.lowering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.ProductTerm;
import org.charrnn.accel.tornado.kernel.RowLoopKernel;
import org.charrnn.accel.tornado.kernel.Statement;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.accel.tornado.op.Transposition;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;

/**
 * Lowers loops whose rows do not depend on one another to one launch each. Before it, the right
 * operands that are stored transposed are copied: work items that share a row of the result read
 * adjacent elements then.
 */
final class RowLoops {

  /**
   * If the products of a step read more elements of right operands, tiles that share what they read
   * are faster on paper, although each step has launches of its own; see docs/gpu.md.
   */
  private static final long MOST_ELEMENTS = 4 << 20;

  private final Lowering lowering;
  private final int scratch;

  /**
   * For the loops of a program.
   *
   * @param scratch the index of the first float of scratch memory
   */
  RowLoops(Lowering lowering, int scratch) {
    this.lowering = lowering;
    this.scratch = scratch;
  }

  /** Whether a group of work items reads the right operands of a step in acceptable time. */
  static boolean isWorthwhile(Instruction.Loop loop) {
    return products(loop).mapToLong(product -> product.right().elements()).sum() <= MOST_ELEMENTS;
  }

  /** The size of the memory for copies of right operands. */
  static Placement.Size scratch(Instruction.Loop loop) {
    return products(loop)
        .filter(Operands.MatMul::transposeRight)
        .map(Operands.MatMul::right)
        .distinct()
        .map(right -> Placement.Size.of(Type.F32, right.elements()))
        .reduce(Placement.Size.ZERO, Placement.Size::plus);
  }

  private static Stream<Operands.MatMul<Slot>> products(Instruction.Loop loop) {
    return loop.body().stream()
        .map(Instruction.Run::operands)
        .filter(Operands.MatMul.class::isInstance)
        .map(operands -> (Operands.MatMul<Slot>) operands);
  }

  /** The launches of a loop. */
  List<Launch> lower(Instruction.Loop loop) {
    Map<DeviceMatrix, DeviceMatrix> copies = new LinkedHashMap<>();
    List<List<Statement>> phases = new ArrayList<>();
    for (Fusion.Group group : Fusion.group(loop.body(), _ -> true)) {
      List<Statement> statements =
          group.runs().stream()
              .map(lowering::statement)
              .map(statement -> withoutTransposition(statement, copies))
              .toList();
      if (group.areProducts()) {
        phases.add(statements);
      } else {
        statements.forEach(statement -> phases.add(List.of(statement)));
      }
    }
    List<Launch> launches = new ArrayList<>();
    copies.forEach((matrix, copy) -> launches.add(new Transposition(matrix, copy).launch()));
    launches.add(new RowLoopKernel(phases, loop.steps(), loop.reverse()).launch());
    return launches;
  }

  private Statement withoutTransposition(
      Statement statement, Map<DeviceMatrix, DeviceMatrix> copies) {
    if (!(statement instanceof ProductTerm product) || !product.transposeRight()) {
      return statement;
    }
    DeviceMatrix copy = copies.get(product.right());
    if (copy == null) {
      copy = copy(product.right(), copies);
      copies.put(product.right(), copy);
    }
    return new ProductTerm(
        product.left(), copy, product.addend(), product.result(), product.transposeLeft(), false);
  }

  /** The place of a copy, after the other ones. */
  private DeviceMatrix copy(DeviceMatrix matrix, Map<DeviceMatrix, DeviceMatrix> others) {
    long base = scratch;
    for (DeviceMatrix other : others.values()) {
      base += Placement.Size.of(Type.F32, other.elements()).floats();
    }
    int rows = matrix.columns();
    int columns = matrix.rows();
    return DeviceMatrix.fixed((int) base, rows, columns);
  }
}
