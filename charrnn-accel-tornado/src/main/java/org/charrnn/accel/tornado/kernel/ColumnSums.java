package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.accel.tornado.layout.DeviceMatrix;

/**
 * Emits the sums of matrix products for one column and some rows of their results, without local
 * memory. For two products with the same left operand, one row, and two positions at once it is
 *
 * <pre>
 * for (int k = 0; k &lt; 512; k += 2) {
 *   float b0 = floats.get(right0 + k * 512);
 *   float b1 = floats.get(right1 + k * 512);
 *   float b2 = floats.get(right0 + (k + 1) * 512);
 *   float b3 = floats.get(right1 + (k + 1) * 512);
 *   float a = floats.get(left + k);
 *   sum0 += a * b0;
 *   sum1 += a * b1;
 *   ... // the second position
 * }
 * </pre>
 *
 * <p>Rows beyond the last one are computed like the last one.
 */
final class ColumnSums {

  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc MIN =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

  private final CodeBuilder code;
  private final int step;
  private final int[] rows;
  private final int column;
  private final boolean hasRowsBeyond;

  /** A left operand, as a product reads it. */
  private record Left(DeviceMatrix matrix, boolean isTransposed) {
    static Left of(ProductTerm product) {
      return new Left(product.left(), product.transposeLeft());
    }
  }

  /**
   * For the given rows of one column.
   *
   * @param step the local variable that holds the time step of the surrounding loop
   * @param rows the local variables that hold the rows
   * @param column the local variable that holds the column
   * @param hasRowsBeyond whether rows may be beyond the last one
   */
  ColumnSums(CodeBuilder code, int step, int[] rows, int column, boolean hasRowsBeyond) {
    this.code = code;
    this.step = step;
    this.rows = rows;
    this.column = column;
    this.hasRowsBeyond = hasRowsBeyond;
  }

  /**
   * Emits the sums of products.
   *
   * @param products products that sum over axes of the same size
   * @param loads the number of elements of right operands to be loaded before they are multiplied
   * @return the local variables of the sums of each product, one for each row
   */
  Map<ProductTerm, int[]> emit(List<ProductTerm> products, int loads) {
    Map<ProductTerm, int[]> sums = new LinkedHashMap<>();
    Map<Left, int[]> lefts = new HashMap<>();
    List<Integer> rights = new ArrayList<>();
    for (ProductTerm product : products) {
      sums.put(product, locals(TypeKind.FLOAT, _ -> code.loadConstant(0f)));
      lefts.computeIfAbsent(
          Left.of(product), _ -> locals(TypeKind.INT, r -> firstOfLeft(product, r)));
      rights.add(firstOfRight(product));
    }
    int inner = products.getFirst().inner();
    int unrolled = Math.max(1, loads / products.size());
    int limit = inner - inner % unrolled;
    int k = code.allocateLocal(TypeKind.INT);
    code.loadConstant(0).istore(k);
    Label next = code.newLabel();
    Label done = code.newLabel();
    code.labelBinding(next);
    code.iload(k).loadConstant(limit).if_icmpge(done);
    positions(products, sums, lefts, rights, k, unrolled);
    code.iinc(k, unrolled);
    code.goto_(next);
    code.labelBinding(done);
    positions(products, sums, lefts, rights, k, inner - limit);
    return sums;
  }

  /** Emits a value for each row and stores it in a local variable of its own. */
  private int[] locals(TypeKind kind, RowValue value) {
    int[] locals = new int[rows.length];
    for (int r = 0; r < rows.length; r++) {
      value.emit(r);
      locals[r] = code.allocateLocal(kind);
      code.storeLocal(kind, locals[r]);
    }
    return locals;
  }

  /** Pushes a value of a row. */
  private interface RowValue {
    void emit(int row);
  }

  /** Pushes the index of the first element of a row of the left operand. */
  private void firstOfLeft(ProductTerm product, int r) {
    code.iload(rows[r]);
    if (hasRowsBeyond) {
      code.loadConstant(product.rows() - 1).invokestatic(MATH, "min", MIN);
    }
    if (!product.transposeLeft()) {
      code.loadConstant(product.inner()).imul();
    }
    ElementEmitter.addStart(code, product.left(), step);
  }

  /** The local variable that holds the index of the first element of the column. */
  private int firstOfRight(ProductTerm product) {
    int right = code.allocateLocal(TypeKind.INT);
    code.iload(column);
    if (product.transposeRight()) {
      code.loadConstant(product.inner()).imul();
    }
    ElementEmitter.addStart(code, product.right(), step);
    code.istore(right);
    return right;
  }

  /** Adds the products at {@code count} positions from {@code k} on. */
  private void positions(
      List<ProductTerm> products,
      Map<ProductTerm, int[]> sums,
      Map<Left, int[]> lefts,
      List<Integer> rights,
      int k,
      int count) {
    int[][] factors = new int[count][products.size()];
    for (int u = 0; u < count; u++) {
      for (int p = 0; p < products.size(); p++) {
        ProductTerm product = products.get(p);
        int distance = product.transposeRight() ? 1 : product.columns();
        factors[u][p] = element(rights.get(p), k, u, distance);
      }
    }
    for (int u = 0; u < count; u++) {
      int position = u;
      int[] factor = factors[u];
      lefts.forEach((left, firsts) -> {
        for (int r = 0; r < rows.length; r++) {
          int distance = left.isTransposed() ? left.matrix().columns() : 1;
          int element = element(firsts[r], k, position, distance);
          for (int p = 0; p < factor.length; p++) {
            if (Left.of(products.get(p)).equals(left)) {
              int sum = Objects.requireNonNull(sums.get(products.get(p)))[r];
              code.fload(sum).fload(element).fload(factor[p]).fmul().fadd().fstore(sum);
            }
          }
        }
      });
    }
  }

  /** Loads the element at index {@code first + (k + u) * distance} into a local variable. */
  private int element(int first, int k, int u, int distance) {
    code.aload(KernelClass.FLOATS_AT).iload(first).iload(k);
    if (u > 0) {
      code.loadConstant(u).iadd();
    }
    if (distance != 1) {
      code.loadConstant(distance).imul();
    }
    code.iadd().invokevirtual(KernelClass.FLOATS, "get", ElementEmitter.GET_FLOAT);
    int element = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(element);
    return element;
  }
}
