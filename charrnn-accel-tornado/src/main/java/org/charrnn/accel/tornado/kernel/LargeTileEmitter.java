package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.charrnn.accel.tornado.layout.DeviceMatrix;

/**
 * Emits the sums of a work item's elements of a {@link LargeTile}:
 *
 * <pre>
 * float[] left = context.allocateFloatLocalArray(1040);
 * float[] right = context.allocateFloatLocalArray(1040);
 * for (int k = 0; k &lt; 512; k += 16) {
 *   left[LargeTile.localIndex(context, 0, false)] =
 *       LargeTile.element(context, floats, 0, 1000, context.groupIdy, k, 1600, 512, false);
 *   right[LargeTile.localIndex(context, 0, true)] =
 *       LargeTile.element(context, floats, 0, 5000, context.groupIdx, k, 3000, 512, true);
 *   ... // four copies of each operand
 *   context.localBarrier();
 *   for (int p = 0; p &lt; 16; p++) {
 *     float u0 = left[p * 65 + context.localIdy];
 *     float v0 = right[p * 65 + context.localIdx];
 *     s00 += u0 * v0;
 *     ... // sixteen sums
 *   }
 *   context.localBarrier();
 * }
 * </pre>
 */
final class LargeTileEmitter {

  /** Elements of a work item along each axis. */
  static final int EACH = LargeTile.TILE / LargeTile.SIDE;

  private static final ClassDesc LARGE_TILE = LargeTile.class.describeConstable().orElseThrow();
  private static final ClassDesc ARRAY = ConstantDescs.CD_float.arrayType();
  private static final MethodTypeDesc ALLOCATE = MethodTypeDesc.of(ARRAY, ConstantDescs.CD_int);
  private static final MethodTypeDesc LOCAL_INDEX =
      MethodTypeDesc.of(
          ConstantDescs.CD_int,
          KernelClass.CONTEXT,
          ConstantDescs.CD_int,
          ConstantDescs.CD_boolean);
  private static final MethodTypeDesc ELEMENT =
      MethodTypeDesc.of(
          ConstantDescs.CD_float,
          KernelClass.CONTEXT,
          KernelClass.FLOATS,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_boolean);

  private final CodeBuilder code;
  private final ProductTerm product;
  private final int step;
  private final int[] sums;

  private LargeTileEmitter(CodeBuilder code, ProductTerm product, int step, int[] sums) {
    this.code = code;
    this.product = product;
    this.step = step;
    this.sums = sums;
  }

  /**
   * Emits the sums.
   *
   * @param sums local variables, row by row
   */
  static void emit(CodeBuilder code, ProductTerm product, int step, int[] sums) {
    new LargeTileEmitter(code, product, step, sums).emit();
  }

  private void emit() {
    for (int sum : sums) {
      code.loadConstant(0f).fstore(sum);
    }
    int left = allocate();
    int right = allocate();
    int k = code.allocateLocal(TypeKind.INT);
    loop(
        k,
        product.inner(),
        LargeTile.DEPTH,
        () -> {
          copy(left, right, k);
          barrier();
          int p = code.allocateLocal(TypeKind.INT);
          loop(p, LargeTile.DEPTH, 1, () -> multiply(left, right, p));
          barrier();
        });
  }

  private int allocate() {
    int array = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(KernelClass.CONTEXT_AT).loadConstant(LargeTile.DEPTH * LargeTile.PITCH);
    code.invokevirtual(KernelClass.CONTEXT, "allocateFloatLocalArray", ALLOCATE).astore(array);
    return array;
  }

  private void loop(int variable, int limit, int increment, Runnable body) {
    Label next = code.newLabel();
    Label done = code.newLabel();
    code.loadConstant(0).istore(variable);
    code.labelBinding(next);
    code.iload(variable).loadConstant(limit).if_icmpge(done);
    body.run();
    code.iinc(variable, increment);
    code.goto_(next);
    code.labelBinding(done);
  }

  /** Copies the tiles that begin at position {@code k} of the inner axis. */
  private void copy(int left, int right, int k) {
    boolean isLeftContiguous = product.transposeLeft();
    boolean isRightContiguous = !product.transposeRight();
    for (int copy = 0; copy < LargeTile.COPIES; copy++) {
      copy(left, copy, product.left(), "groupIdy", k, product.rows(), isLeftContiguous);
      copy(right, copy, product.right(), "groupIdx", k, product.columns(), isRightContiguous);
    }
  }

  /** The store is in the kernel itself, see {@link LargeTile}. */
  private void copy(
      int tile,
      int copy,
      DeviceMatrix operand,
      String group,
      int k,
      int outerSize,
      boolean isOuterContiguous) {
    int contiguous = isOuterContiguous ? 1 : 0;
    code.aload(tile);
    code.aload(KernelClass.CONTEXT_AT).loadConstant(copy).loadConstant(contiguous);
    code.invokestatic(LARGE_TILE, "localIndex", LOCAL_INDEX);
    code.aload(KernelClass.CONTEXT_AT).aload(KernelClass.FLOATS_AT).loadConstant(copy);
    ElementEmitter.loadStart(code, operand, step);
    ElementEmitter.loadIndex(code, group);
    code.iload(k).loadConstant(outerSize).loadConstant(product.inner()).loadConstant(contiguous);
    code.invokestatic(LARGE_TILE, "element", ELEMENT);
    code.fastore();
  }

  private void barrier() {
    code.aload(KernelClass.CONTEXT_AT);
    code.invokevirtual(KernelClass.CONTEXT, "localBarrier", ConstantDescs.MTD_void);
  }

  private void multiply(int left, int right, int p) {
    int[] u = column(left, p, "localIdy");
    int[] v = column(right, p, "localIdx");
    for (int r = 0; r < EACH; r++) {
      for (int c = 0; c < EACH; c++) {
        int sum = sums[r * EACH + c];
        code.fload(sum).fload(u[r]).fload(v[c]).fmul().fadd().fstore(sum);
      }
    }
  }

  /** Loads this work item's elements of row {@code p} of a tile into local variables. */
  private int[] column(int tile, int p, String item) {
    int at = code.allocateLocal(TypeKind.INT);
    code.iload(p).loadConstant(LargeTile.PITCH).imul();
    ElementEmitter.loadIndex(code, item);
    code.iadd().istore(at);
    int[] elements = new int[EACH];
    for (int i = 0; i < EACH; i++) {
      elements[i] = code.allocateLocal(TypeKind.FLOAT);
      code.aload(tile).iload(at).loadConstant(i * LargeTile.SIDE).iadd().faload();
      code.fstore(elements[i]);
    }
    return elements;
  }
}
