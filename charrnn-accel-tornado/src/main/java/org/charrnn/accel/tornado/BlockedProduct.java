package org.charrnn.accel.tornado;

import static org.charrnn.accel.tornado.ProductTerm.ADDEND;
import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_A;
import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_B;

import java.util.List;
import java.util.Objects;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A matrix product for GPUs where the result is large, such as that of a whole window: a group of
 * 16 x 16 work items computes a tile of 64 x 64, sixteen elements each, so that every number read
 * from local memory is used four times. Tiles of the operands lie there with the inner axis
 * slowest, in rows of {@value #PITCH}, so that work items next to each other use different banks.
 */
public record BlockedProduct(ProductTerm product) implements MethodKernel {

  static final int TILE = 64;

  private static final int SIDE = 16; // work items along each axis of a group
  private static final int DEPTH = 16; // of the inner axis at a time
  private static final int PITCH = 65;

  private static final Span NOTHING = Span.fixed(0, 0, 0);

  Launch launch() {
    int x = Grid.ceilDiv(product.columns(), TILE) * SIDE;
    int y = Grid.ceilDiv(product.rows(), TILE) * SIDE;
    return new Launch("product", this, new Grid(x, y, SIDE, SIDE));
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public List<Span> spans() {
    return List.of(
        product.a(),
        product.b(),
        Objects.requireNonNullElse(product.addend(), NOTHING),
        product.c());
  }

  @Override
  public List<Integer> numbers() {
    int inner = product.inner();
    return List.of(
        product.rows(),
        product.columns(),
        inner,
        product.transposeA() ? 1 : inner,
        product.transposeA() ? product.rows() : 1,
        product.transposeB() ? 1 : product.columns(),
        product.transposeB() ? inner : 1,
        product.addend() != null && product.addend().rows() > 1 ? product.columns() : 0,
        product.layout());
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int a,
      int b,
      int addend,
      int c,
      int rows,
      int columns,
      int inner,
      int aRow,
      int aNext,
      int bNext,
      int bColumn,
      int addendRow,
      int layout) {
    int x = context.localIdx;
    int y = context.localIdy;
    int id = y * SIDE + x;
    int i0 = context.groupIdy * TILE;
    int j0 = context.groupIdx * TILE;
    float[] left = context.allocateFloatLocalArray(DEPTH * PITCH);
    float[] right = context.allocateFloatLocalArray(DEPTH * PITCH);
    float s00 = 0, s01 = 0, s02 = 0, s03 = 0;
    float s10 = 0, s11 = 0, s12 = 0, s13 = 0;
    float s20 = 0, s21 = 0, s22 = 0, s23 = 0;
    float s30 = 0, s31 = 0, s32 = 0, s33 = 0;
    for (int k = 0; k < inner; k += DEPTH) {
      for (int q = 0; q < TILE * DEPTH; q += SIDE * SIDE) {
        // Along the axis on which the operand's elements lie next to each other.
        int e = id + q;
        int ii = (layout & TRANSPOSE_A) != 0 ? e % TILE : e / DEPTH;
        int ka = (layout & TRANSPOSE_A) != 0 ? e / TILE : e % DEPTH;
        float fromA = 0;
        if (i0 + ii < rows && k + ka < inner) {
          fromA = m.get(a + (i0 + ii) * aRow + (k + ka) * aNext);
        }
        left[ka * PITCH + ii] = fromA;
        int jj = (layout & TRANSPOSE_B) != 0 ? e / DEPTH : e % TILE;
        int kb = (layout & TRANSPOSE_B) != 0 ? e % DEPTH : e / TILE;
        float fromB = 0;
        if (j0 + jj < columns && k + kb < inner) {
          fromB = m.get(b + (k + kb) * bNext + (j0 + jj) * bColumn);
        }
        right[kb * PITCH + jj] = fromB;
      }
      context.localBarrier();
      for (int p = 0; p < DEPTH; p++) {
        int pa = p * PITCH + y;
        int pb = p * PITCH + x;
        float u0 = left[pa];
        float u1 = left[pa + SIDE];
        float u2 = left[pa + 2 * SIDE];
        float u3 = left[pa + 3 * SIDE];
        float v0 = right[pb];
        float v1 = right[pb + SIDE];
        float v2 = right[pb + 2 * SIDE];
        float v3 = right[pb + 3 * SIDE];
        s00 += u0 * v0;
        s01 += u0 * v1;
        s02 += u0 * v2;
        s03 += u0 * v3;
        s10 += u1 * v0;
        s11 += u1 * v1;
        s12 += u1 * v2;
        s13 += u1 * v3;
        s20 += u2 * v0;
        s21 += u2 * v1;
        s22 += u2 * v2;
        s23 += u2 * v3;
        s30 += u3 * v0;
        s31 += u3 * v1;
        s32 += u3 * v2;
        s33 += u3 * v3;
      }
      context.localBarrier();
    }
    int i = i0 + y;
    int j = j0 + x;
    int plus = addend + j;
    int to = c + j;
    int free = columns - j; // columns of this tile that there are
    if (i < rows) {
      store(m, plus + i * addendRow, to + i * columns, free, layout, s00, s01, s02, s03);
    }
    i += SIDE;
    if (i < rows) {
      store(m, plus + i * addendRow, to + i * columns, free, layout, s10, s11, s12, s13);
    }
    i += SIDE;
    if (i < rows) {
      store(m, plus + i * addendRow, to + i * columns, free, layout, s20, s21, s22, s23);
    }
    i += SIDE;
    if (i < rows) {
      store(m, plus + i * addendRow, to + i * columns, free, layout, s30, s31, s32, s33);
    }
  }

  private static void store(
      FloatArray m,
      int addend,
      int c,
      int free,
      int layout,
      float s0,
      float s1,
      float s2,
      float s3) {
    storeOne(m, addend, c, 0, free, layout, s0);
    storeOne(m, addend, c, SIDE, free, layout, s1);
    storeOne(m, addend, c, 2 * SIDE, free, layout, s2);
    storeOne(m, addend, c, 3 * SIDE, free, layout, s3);
  }

  private static void storeOne(
      FloatArray m, int addend, int c, int j, int free, int layout, float sum) {
    if (j < free) {
      float value = sum;
      if ((layout & ADDEND) != 0) {
        value += m.get(addend + j);
      }
      m.set(c + j, value);
    }
  }
}
