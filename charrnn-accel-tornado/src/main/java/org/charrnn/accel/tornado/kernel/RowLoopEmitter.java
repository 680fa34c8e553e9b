package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Emits the code of a work item of a loop by rows:
 *
 * <pre>
 * int row = context.groupIdx;
 * for (int t = 0; t &lt; 50; t++) {
 *   for (int column = context.localIdx; column &lt; 512; column += 256) {
 *     ... // the sums of the first phase, see ColumnSums
 *     int element = row * 512 + column;
 *     ... // addends, stores and expressions, see ElementEmitter
 *   }
 *   context.globalBarrier();
 *   ... // the other phases
 * }
 * </pre>
 */
final class RowLoopEmitter {

  /**
   * Elements of right operands that a work item loads before it uses the first one: 256 work items
   * with so many loads under way keep a processor of a GPU busy although each load takes hundreds
   * of cycles.
   */
  private static final int LOADS = 16;

  private final CodeBuilder code;
  private final RowLoopKernel kernel;
  private final int item;
  private final int[] rows;
  private final int t;

  private RowLoopEmitter(CodeBuilder code, RowLoopKernel kernel) {
    this.code = code;
    this.kernel = kernel;
    item = code.allocateLocal(TypeKind.INT);
    t = code.allocateLocal(TypeKind.INT);
    rows = new int[kernel.rowsOfGroup()];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = code.allocateLocal(TypeKind.INT);
    }
  }

  static void emit(CodeBuilder code, RowLoopKernel kernel) {
    new RowLoopEmitter(code, kernel).emit();
  }

  private void emit() {
    ElementEmitter.loadIndex(code, "localIdx");
    code.istore(item);
    for (int r = 0; r < rows.length; r++) {
      ElementEmitter.loadIndex(code, "groupIdx");
      code.loadConstant(rows.length).imul().loadConstant(r).iadd().istore(rows[r]);
    }
    code.loadConstant(kernel.reverse() ? kernel.steps() - 1 : 0).istore(t);
    Label next = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(next).iload(t);
    if (kernel.reverse()) {
      code.iflt(end);
    } else {
      code.loadConstant(kernel.steps()).if_icmpge(end);
    }
    for (List<Statement> phase : kernel.phases()) {
      columns(phase);
      code.aload(KernelClass.CONTEXT_AT);
      code.invokevirtual(KernelClass.CONTEXT, "globalBarrier", ConstantDescs.MTD_void);
    }
    code.iinc(t, kernel.reverse() ? -1 : 1).goto_(next).labelBinding(end);
  }

  /** Emits a phase for every column of this work item. */
  private void columns(List<Statement> phase) {
    int count = phase.getFirst().columns();
    boolean hasMore = count > kernel.groupSize();
    int column = code.allocateLocal(TypeKind.INT);
    Label next = code.newLabel();
    Label done = code.newLabel();
    code.iload(item).istore(column);
    code.labelBinding(next);
    if (count != kernel.groupSize()) {
      code.iload(column).loadConstant(count).if_icmpge(done);
    }
    elements(phase, column);
    if (hasMore) {
      code.iinc(column, kernel.groupSize()).goto_(next);
    }
    code.labelBinding(done);
  }

  private void elements(List<Statement> phase, int column) {
    Map<ProductTerm, int[]> sums = new HashMap<>();
    ColumnSums emitter = new ColumnSums(code, t, rows, column, kernel.hasRowsBeyond());
    phase.stream()
        .filter(ProductTerm.class::isInstance)
        .map(ProductTerm.class::cast)
        .collect(Collectors.groupingBy(ProductTerm::inner))
        .values()
        .forEach(products -> sums.putAll(emitter.emit(products, LOADS)));
    for (int r = 0; r < rows.length; r++) {
      Label beyond = code.newLabel();
      if (kernel.hasRowsBeyond()) {
        code.iload(rows[r]).loadConstant(kernel.rows()).if_icmpge(beyond);
      }
      element(phase, sums, r, column);
      code.labelBinding(beyond);
    }
  }

  private void element(List<Statement> phase, Map<ProductTerm, int[]> sums, int r, int column) {
    int element = code.allocateLocal(TypeKind.INT);
    code.iload(rows[r]).loadConstant(phase.getFirst().columns()).imul().iload(column).iadd();
    code.istore(element);
    ElementEmitter writer = new ElementEmitter(code, t, element);
    for (Statement statement : phase) {
      switch (statement) {
        case ProductTerm product ->
            writer.product(product, Objects.requireNonNull(sums.get(product))[r]);
        case ElementExpression expression -> writer.expression(expression, -1);
      }
    }
  }
}
