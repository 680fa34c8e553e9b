package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes what a work item of a kernel of products does. In the form of tiles that reads
 *
 * <pre>
 * int column = context.globalIdx;
 * int row = context.globalIdy;
 * float sum = Tile.dot(context, floats, 1000 + step * 64, 5000, 32, 512, 512, 0);
 * if (column &lt; 512 &amp;&amp; row &lt; 32) {
 *   int element = row * 512 + column;
 *   ... // the addend, the store, and the expressions, see ElementWriter
 * }
 * </pre>
 *
 * <p>In the form of columns a loop over the inner axis takes the place of {@code Tile.dot}, which
 * computes as many sums as a work item does rows; rows beyond the last one are computed as the last
 * one, and not stored. In the form of blocks it is what {@link BlockWriter} writes. All sums come
 * before all stores: no product reads what its kernel writes.
 */
final class ProductWriter {

  private static final ClassDesc TILE = Tile.class.describeConstable().orElseThrow();
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
          ConstantDescs.CD_int);

  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc MIN =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  private final CodeBuilder code;
  private final ProductKernel kernel;
  private final int step;
  private final int[] rows; // local variables, one for each row of a work item
  private final int[] columns; // likewise
  private final Map<ProductTerm, int[]> sums = new HashMap<>(); // for each row those of all columns

  private ProductWriter(CodeBuilder code, ProductKernel kernel, int step) {
    this.code = code;
    this.kernel = kernel;
    this.step = step;
    this.rows = locals(TypeKind.INT, kernel.rowsOfItem());
    this.columns = locals(TypeKind.INT, kernel.columnsOfItem());
  }

  static void write(CodeBuilder code, ProductKernel kernel, int step) {
    new ProductWriter(code, kernel, step).write();
  }

  private int[] locals(TypeKind kind, int count) {
    int[] locals = new int[count];
    for (int i = 0; i < count; i++) {
      locals[i] = code.allocateLocal(kind);
    }
    return locals;
  }

  private void write() {
    Label done = code.newLabel();
    place(rows, "y");
    place(columns, "x");
    boolean canLeave = !kernel.waits(); // if work items wait, all of a group have to go on
    if (canLeave && kernel.hasColumnsBeyond()) {
      code.iload(columns[0]).loadConstant(kernel.columns()).if_icmpge(done);
    }
    for (Statement statement : kernel.statements()) {
      if (statement instanceof ProductTerm product) {
        sums.put(product, sums(product));
      }
    }
    for (int c = 0; c < columns.length; c++) {
      // Past these elements, not to the end: TornadoVM's compiler fails on exits that imply one
      // another.
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

  /** Finds out which rows or columns this work item does. */
  private void place(int[] locals, String axis) {
    for (int i = 0; i < locals.length; i++) {
      switch (kernel.form()) {
        case COLUMNS, TILES -> {
          ElementWriter.loadNumber(code, "globalId" + axis);
          code.loadConstant(locals.length).imul().loadConstant(i).iadd();
        }
        case BLOCKS -> { // work items next to each other do elements next to each other
          ElementWriter.loadNumber(code, "groupId" + axis);
          code.loadConstant(Block.TILE).imul();
          ElementWriter.loadNumber(code, "localId" + axis);
          code.iadd().loadConstant(i * Block.SIDE).iadd();
        }
      }
      code.istore(locals[i]);
    }
  }

  private int[] sums(ProductTerm product) {
    int[] sums = locals(TypeKind.FLOAT, rows.length * columns.length);
    switch (kernel.form()) {
      case COLUMNS -> columns(product, sums);
      case TILES -> tile(product, sums[0]);
      case BLOCKS -> BlockWriter.write(code, product, step, sums);
    }
    return sums;
  }

  private void tile(ProductTerm product, int sum) {
    code.aload(KernelClass.CONTEXT_AT).aload(KernelClass.FLOATS_AT);
    ElementWriter.loadStart(code, product.a(), step);
    ElementWriter.loadStart(code, product.b(), step);
    code.loadConstant(product.rows()).loadConstant(product.columns());
    code.loadConstant(product.inner()).loadConstant(product.layout());
    code.invokestatic(TILE, "dot", DOT).fstore(sum);
  }

  private void columns(ProductTerm product, int[] sum) {
    int inner = product.inner();
    int[] a = locals(TypeKind.INT, rows.length); // where the next element of each row is
    for (int r = 0; r < rows.length; r++) {
      code.loadConstant(0f).fstore(sum[r]);
      code.iload(rows[r]);
      if (kernel.hasRowsBeyond()) {
        code.loadConstant(product.rows() - 1).invokestatic(MATH, "min", MIN);
      }
      if (!product.transposeA()) {
        code.loadConstant(inner).imul();
      }
      ElementWriter.addStart(code, product.a(), step);
      code.istore(a[r]);
    }
    int b = code.allocateLocal(TypeKind.INT);
    code.iload(columns[0]);
    if (product.transposeB()) {
      code.loadConstant(inner).imul();
    }
    ElementWriter.addStart(code, product.b(), step);
    code.istore(b);
    accumulate(product, sum, a, b);
  }

  private void accumulate(ProductTerm product, int[] sum, int[] a, int b) {
    int aNext = product.transposeA() ? product.rows() : 1;
    int bNext = product.transposeB() ? 1 : product.columns();
    int k = code.allocateLocal(TypeKind.INT);
    int right = code.allocateLocal(TypeKind.FLOAT);
    Label next = code.newLabel();
    Label done = code.newLabel();
    code.loadConstant(0).istore(k);
    code.labelBinding(next);
    code.iload(k).loadConstant(product.inner()).if_icmpge(done);
    element(b, k, bNext);
    code.fstore(right);
    for (int r = 0; r < rows.length; r++) {
      code.fload(sum[r]);
      element(a[r], k, aNext);
      code.fload(right).fmul().fadd().fstore(sum[r]);
    }
    code.iinc(k, 1);
    code.goto_(next);
    code.labelBinding(done);
  }

  /** Leaves the element that lies {@code k * distance} after {@code first}. */
  private void element(int first, int k, int distance) {
    code.aload(KernelClass.FLOATS_AT).iload(first).iload(k);
    if (distance != 1) {
      code.loadConstant(distance).imul();
    }
    code.iadd().invokevirtual(KernelClass.FLOATS, "get", ElementWriter.GET_FLOAT);
  }

  private void element(int r, int c) {
    int element = code.allocateLocal(TypeKind.INT);
    code.iload(rows[r]).loadConstant(kernel.columns()).imul().iload(columns[c]).iadd();
    code.istore(element);
    ElementWriter writer = new ElementWriter(code, step, element);
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
