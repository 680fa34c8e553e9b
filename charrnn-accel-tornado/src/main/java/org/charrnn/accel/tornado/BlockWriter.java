package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;

/**
 * Writes the sums of a work item's elements of a {@link Block}:
 *
 * <pre>
 * float[] left = context.allocateFloatLocalArray(1040);
 * float[] right = context.allocateFloatLocalArray(1040);
 * for (int k = 0; k &lt; 512; k += 16) {
 *   Block.load(context, floats, left, right, k, 1000, 5000, 1600, 3000, 512, 0);
 *   context.localBarrier();
 *   for (int p = 0; p &lt; 16; p++) {
 *     float u0 = left[p * 65 + context.localIdy];
 *     float v0 = right[p * 65 + context.localIdx];
 *     s00 += u0 * v0;
 *     ... // sixteen of them
 *   }
 *   context.localBarrier();
 * }
 * </pre>
 */
final class BlockWriter {

  /** Elements of a work item along each axis. */
  static final int EACH = Block.TILE / Block.SIDE;

  private static final ClassDesc BLOCK = Block.class.describeConstable().orElseThrow();
  private static final ClassDesc ARRAY = ConstantDescs.CD_float.arrayType();
  private static final MethodTypeDesc ALLOCATE = MethodTypeDesc.of(ARRAY, ConstantDescs.CD_int);
  private static final MethodTypeDesc LOAD =
      MethodTypeDesc.of(
              ConstantDescs.CD_void, KernelClass.CONTEXT, KernelClass.FLOATS, ARRAY, ARRAY)
          .insertParameterTypes(
              4, Collections.nCopies(7, ConstantDescs.CD_int).toArray(ClassDesc[]::new));

  private final CodeBuilder code;
  private final ProductTerm product;
  private final int step;
  private final int[] sums;

  private BlockWriter(CodeBuilder code, ProductTerm product, int step, int[] sums) {
    this.code = code;
    this.product = product;
    this.step = step;
    this.sums = sums;
  }

  /**
   * Writes the sums.
   *
   * @param sums local variables, row by row
   */
  static void write(CodeBuilder code, ProductTerm product, int step, int[] sums) {
    new BlockWriter(code, product, step, sums).write();
  }

  private void write() {
    for (int sum : sums) {
      code.loadConstant(0f).fstore(sum);
    }
    int left = allocate();
    int right = allocate();
    int k = code.allocateLocal(TypeKind.INT);
    loop(
        k,
        product.inner(),
        Block.DEPTH,
        () -> {
          load(left, right, k);
          barrier();
          int p = code.allocateLocal(TypeKind.INT);
          loop(p, Block.DEPTH, 1, () -> multiply(left, right, p));
          barrier();
        });
  }

  private int allocate() {
    int array = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(KernelClass.CONTEXT_AT).loadConstant(Block.DEPTH * Block.PITCH);
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

  private void load(int left, int right, int k) {
    code.aload(KernelClass.CONTEXT_AT).aload(KernelClass.FLOATS_AT).aload(left).aload(right);
    code.iload(k);
    ElementWriter.loadStart(code, product.a(), step);
    ElementWriter.loadStart(code, product.b(), step);
    code.loadConstant(product.rows()).loadConstant(product.columns());
    code.loadConstant(product.inner()).loadConstant(product.layout());
    code.invokestatic(BLOCK, "load", LOAD);
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

  /** Reads this work item's elements of row {@code p} of a tile. */
  private int[] column(int tile, int p, String item) {
    int at = code.allocateLocal(TypeKind.INT);
    code.iload(p).loadConstant(Block.PITCH).imul();
    ElementWriter.loadNumber(code, item);
    code.iadd().istore(at);
    int[] elements = new int[EACH];
    for (int i = 0; i < EACH; i++) {
      elements[i] = code.allocateLocal(TypeKind.FLOAT);
      code.aload(tile).iload(at).loadConstant(i * Block.SIDE).iadd().faload();
      code.fstore(elements[i]);
    }
    return elements;
  }
}
