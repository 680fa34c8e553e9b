package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Emits the code of a work item of a kernel of products. In the form of shared tiles it is
 *
 * <pre>
 * int column = context.globalIdx;
 * int row = context.globalIdy;
 * float sum = SharedTile.dot(context, floats, 1000 + step * 64, 5000, 32, 512, 512, false, false);
 * if (column &lt; 512 &amp;&amp; row &lt; 32) {
 *   int element = row * 512 + column;
 *   ... // the addend, the store, and the expressions, see ElementEmitter
 * }
 * </pre>
 *
 * <p>In the form of columns, {@link ColumnSums} emits as many sums as a work item has rows; those
 * of rows beyond the last one are not stored. In the form of large tiles, {@link LargeTileEmitter}
 * emits the sums. All sums come before all stores: no product reads an element that its kernel
 * writes.
 */
final class ProductEmitter {

  private static final ClassDesc TILE = SharedTile.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc DOT =
      MethodTypeDesc.of(
          ConstantDescs.CD_float,
          KernelClass.CONTEXT,
          KernelClass.FLOATS,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_boolean,
          ConstantDescs.CD_boolean);

  private final CodeBuilder code;
  private final ProductKernel kernel;
  private final int step;
  private final int[] rows; // local variables, one for each row of a work item
  private final int[] columns; // local variables, one for each column of a work item
  private final Map<ProductTerm, int[]> sums = new HashMap<>(); // local variables, row by row

  private ProductEmitter(CodeBuilder code, ProductKernel kernel, int step) {
    this.code = code;
    this.kernel = kernel;
    this.step = step;
    this.rows = locals(TypeKind.INT, kernel.rowsOfItem());
    this.columns = locals(TypeKind.INT, kernel.columnsOfItem());
  }

  static void emit(CodeBuilder code, ProductKernel kernel, int step) {
    new ProductEmitter(code, kernel, step).emit();
  }

  private int[] locals(TypeKind kind, int count) {
    int[] locals = new int[count];
    for (int i = 0; i < count; i++) {
      locals[i] = code.allocateLocal(kind);
    }
    return locals;
  }

  private void emit() {
    Label done = code.newLabel();
    locate(rows, "y");
    locate(columns, "x");
    boolean canLeave =
        !kernel.usesBarriers(); // else all of a work-group have to reach the barriers
    if (canLeave && kernel.hasColumnsBeyond()) {
      code.iload(columns[0]).loadConstant(kernel.columns()).if_icmpge(done);
    }
    for (Statement statement : kernel.statements()) {
      if (statement instanceof ProductTerm product) {
        sums.put(product, sums(product));
      }
    }
    for (int c = 0; c < columns.length; c++) {
      // Jumps past these elements, not to the end: TornadoVM's compiler fails on exits that imply
      // one another.
      Label nextColumn = code.newLabel();
      if (!canLeave && kernel.hasColumnsBeyond()) {
        code.iload(columns[c]).loadConstant(kernel.columns()).if_icmpge(nextColumn);
      }
      for (int r = 0; r < rows.length; r++) {
        Label nextRow = code.newLabel();
        if (kernel.hasRowsBeyond()) {
          code.iload(rows[r]).loadConstant(kernel.rows()).if_icmpge(nextRow);
        }
        element(r, c);
        code.labelBinding(nextRow);
      }
      code.labelBinding(nextColumn);
    }
    code.labelBinding(done);
  }

  /** Emits the indices of the rows or columns of this work item. */
  private void locate(int[] locals, String axis) {
    for (int i = 0; i < locals.length; i++) {
      switch (kernel.form()) {
        case COLUMNS, SHARED_TILES -> {
          ElementEmitter.loadIndex(code, "globalId" + axis);
          code.loadConstant(locals.length).imul().loadConstant(i).iadd();
        }
        case LARGE_TILES, LARGEST_TILES -> { // adjacent work items compute adjacent elements
          ElementEmitter.loadIndex(code, "groupId" + axis);
          code.loadConstant(kernel.form().tile()).imul();
          ElementEmitter.loadIndex(code, "localId" + axis);
          code.iadd().loadConstant(i * LargeTile.SIDE).iadd();
        }
      }
      code.istore(locals[i]);
    }
  }

  private int[] sums(ProductTerm product) {
    if (kernel.form() == ProductKernel.Form.COLUMNS) {
      ColumnSums emitter = new ColumnSums(code, step, rows, columns[0], kernel.hasRowsBeyond());
      return Objects.requireNonNull(emitter.emit(List.of(product), 1).get(product));
    }
    int[] sums = locals(TypeKind.FLOAT, rows.length * columns.length);
    if (kernel.form() == ProductKernel.Form.SHARED_TILES) {
      tile(product, sums[0]);
    } else {
      LargeTileEmitter.emit(code, product, step, rows.length, sums);
    }
    return sums;
  }

  private void tile(ProductTerm product, int sum) {
    code.aload(KernelClass.CONTEXT_AT).aload(KernelClass.FLOATS_AT);
    ElementEmitter.loadStart(code, product.left(), step);
    ElementEmitter.loadStart(code, product.right(), step);
    code.loadConstant(product.rows()).loadConstant(product.columns());
    code.loadConstant(product.inner());
    code.loadConstant(product.transposeLeft() ? 1 : 0);
    code.loadConstant(product.transposeRight() ? 1 : 0);
    code.invokestatic(TILE, "dot", DOT).fstore(sum);
  }

  private void element(int r, int c) {
    int element = code.allocateLocal(TypeKind.INT);
    code.iload(rows[r]).loadConstant(kernel.columns()).imul().iload(columns[c]).iadd();
    code.istore(element);
    ElementEmitter writer = new ElementEmitter(code, step, element);
    for (Statement statement : kernel.statements()) {
      switch (statement) {
        case ProductTerm product -> {
          int[] known = Objects.requireNonNull(sums.get(product));
          writer.product(product, known[r * columns.length + c]);
        }
        case ElementExpression expression -> writer.expression(expression, -1);
      }
    }
  }
}
