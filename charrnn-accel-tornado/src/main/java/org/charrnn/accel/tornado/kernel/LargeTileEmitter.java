package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.accel.tornado.layout.DeviceMatrix;

/**
 * Emits the sums of a work item's elements of a {@link LargeTile}:
 *
 * <pre>
 * float[] left = context.allocateFloatLocalArray(1040);
 * float[] right = context.allocateFloatLocalArray(1040);
 * float a0 = LargeTile.element(context, floats, 0, 64, 1000, context.groupIdy, 0, 1600, 512, false);
 * float b0 = LargeTile.element(context, floats, 0, 64, 5000, context.groupIdx, 0, 3000, 512, true);
 * ... // four copies of each operand
 * for (int k = 0; k &lt; 512; k += 16) {
 *   left[LargeTile.localIndex(context, 0, 64, false)] = a0;
 *   right[LargeTile.localIndex(context, 0, 64, true)] = b0;
 *   ...
 *   context.localBarrier();
 *   a0 = LargeTile.element(context, floats, 0, 64, 1000, context.groupIdy, k + 16, 1600, 512, false);
 *   ... // the next tiles are on their way while these are multiplied
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

  private static final ClassDesc LARGE_TILE = LargeTile.class.describeConstable().orElseThrow();
  private static final ClassDesc ARRAY = ConstantDescs.CD_float.arrayType();
  private static final MethodTypeDesc ALLOCATE = MethodTypeDesc.of(ARRAY, ConstantDescs.CD_int);
  private static final MethodTypeDesc LOCAL_INDEX =
      MethodTypeDesc.of(
          ConstantDescs.CD_int,
          KernelClass.CONTEXT,
          ConstantDescs.CD_int,
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
          ConstantDescs.CD_int,
          ConstantDescs.CD_boolean);

  private final CodeBuilder code;
  private final ProductTerm product;
  private final int step;
  private final int each; // elements of a work item along each axis
  private final int tile;
  private final Tile left;
  private final Tile right;

  /**
   * A tile of an operand.
   *
   * @param operand the operand
   * @param group the index of the group along the operand's outer axis
   * @param outerSize the size of its outer axis
   * @param isOuterContiguous whether its outer axis is the faster one
   * @param array the local variable that holds the array in local memory
   * @param next the local variables that hold the elements that this work item copies next
   */
  private record Tile(
      DeviceMatrix operand,
      String group,
      int outerSize,
      boolean isOuterContiguous,
      int array,
      List<Integer> next) {}

  private LargeTileEmitter(CodeBuilder code, ProductTerm product, int step, int each) {
    this.code = code;
    this.product = product;
    this.step = step;
    this.each = each;
    tile = LargeTile.size(each);
    left = tile(product.left(), "groupIdy", product.rows(), product.transposeLeft());
    right = tile(product.right(), "groupIdx", product.columns(), !product.transposeRight());
  }

  private Tile tile(DeviceMatrix operand, String group, int outerSize, boolean isOuterContiguous) {
    int copies = tile * LargeTile.DEPTH / (LargeTile.SIDE * LargeTile.SIDE);
    List<Integer> next =
        Stream.generate(() -> code.allocateLocal(TypeKind.FLOAT)).limit(copies).toList();
    return new Tile(operand, group, outerSize, isOuterContiguous, allocate(), next);
  }

  /**
   * Emits the sums.
   *
   * @param each the number of elements of a work item along each axis
   * @param sums local variables, row by row
   */
  static void emit(CodeBuilder code, ProductTerm product, int step, int each, int[] sums) {
    new LargeTileEmitter(code, product, step, each).emit(sums);
  }

  private void emit(int[] sums) {
    for (int sum : sums) {
      code.loadConstant(0f).fstore(sum);
    }
    int k = code.allocateLocal(TypeKind.INT);
    code.loadConstant(0).istore(k);
    load(left, k, 0);
    load(right, k, 0);
    loop(
        k,
        product.inner(),
        LargeTile.DEPTH,
        () -> {
          store(left);
          store(right);
          barrier();
          load(left, k, LargeTile.DEPTH);
          load(right, k, LargeTile.DEPTH);
          int p = code.allocateLocal(TypeKind.INT);
          loop(p, LargeTile.DEPTH, 1, () -> multiply(sums, p));
          barrier();
        });
  }

  private int allocate() {
    int array = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(KernelClass.CONTEXT_AT).loadConstant(LargeTile.DEPTH * (tile + 1));
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

  /**
   * Loads this work item's elements of the tile that starts {@code distance} positions after {@code
   * k} on the inner axis; they are 0 beyond its end.
   */
  private void load(Tile from, int k, int distance) {
    for (int copy = 0; copy < from.next().size(); copy++) {
      code.aload(KernelClass.CONTEXT_AT).aload(KernelClass.FLOATS_AT).loadConstant(copy);
      code.loadConstant(tile);
      ElementEmitter.loadStart(code, from.operand(), step);
      ElementEmitter.loadIndex(code, from.group());
      code.iload(k).loadConstant(distance).iadd();
      code.loadConstant(from.outerSize()).loadConstant(product.inner());
      code.loadConstant(from.isOuterContiguous() ? 1 : 0);
      code.invokestatic(LARGE_TILE, "element", ELEMENT).fstore(from.next().get(copy));
    }
  }

  /** The store is in the kernel itself, see {@link LargeTile}. */
  private void store(Tile to) {
    for (int copy = 0; copy < to.next().size(); copy++) {
      code.aload(to.array());
      code.aload(KernelClass.CONTEXT_AT).loadConstant(copy).loadConstant(tile);
      code.loadConstant(to.isOuterContiguous() ? 1 : 0);
      code.invokestatic(LARGE_TILE, "localIndex", LOCAL_INDEX);
      code.fload(to.next().get(copy)).fastore();
    }
  }

  private void barrier() {
    code.aload(KernelClass.CONTEXT_AT);
    code.invokevirtual(KernelClass.CONTEXT, "localBarrier", ConstantDescs.MTD_void);
  }

  private void multiply(int[] sums, int p) {
    int[] u = column(left.array(), p, "localIdy");
    int[] v = column(right.array(), p, "localIdx");
    for (int r = 0; r < each; r++) {
      for (int c = 0; c < each; c++) {
        int sum = sums[r * each + c];
        code.fload(sum).fload(u[r]).fload(v[c]).fmul().fadd().fstore(sum);
      }
    }
  }

  /** Loads this work item's elements of row {@code p} of a tile into local variables. */
  private int[] column(int array, int p, String item) {
    int at = code.allocateLocal(TypeKind.INT);
    code.iload(p).loadConstant(tile + 1).imul();
    ElementEmitter.loadIndex(code, item);
    code.iadd().istore(at);
    int[] elements = new int[each];
    for (int i = 0; i < each; i++) {
      elements[i] = code.allocateLocal(TypeKind.FLOAT);
      code.aload(array).iload(at).loadConstant(i * LargeTile.SIDE).iadd().faload();
      code.fstore(elements[i]);
    }
    return elements;
  }
}
