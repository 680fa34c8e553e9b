package org.charrnn.accel.tornado;

import static org.charrnn.accel.tornado.ProductTerm.ADDEND;
import static org.charrnn.accel.tornado.ProductTerm.ADDEND_ROW;
import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_A;
import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_B;

import java.util.Objects;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A matrix product for GPUs where the result is large, such as that of a whole window: a group of
 * 16 x 16 work items computes a tile of 64 x 64, sixteen elements each, so that every number read
 * from local memory is used four times. Tiles of the operands lie there with the inner axis
 * slowest, in rows of {@value #PITCH}, so that work items next to each other use different banks.
 */
record BlockedProduct(ProductTerm product) implements Kernel {

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

  private Span addend() {
    return Objects.requireNonNullElse(product.addend(), NOTHING);
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        BlockedProduct::compute,
        context,
        floats,
        ints,
        product.a().base(),
        product.a().step(),
        product.b().base(),
        product.b().step(),
        addend().base(),
        addend().step(),
        product.c().base(),
        product.c().step(),
        product.rows(),
        product.columns(),
        product.inner(),
        product.layout());
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(
        context,
        floats,
        ints,
        product.a().base(),
        product.a().step(),
        product.b().base(),
        product.b().step(),
        addend().base(),
        addend().step(),
        product.c().base(),
        product.c().step(),
        product.rows(),
        product.columns(),
        product.inner(),
        product.layout());
  }

  static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int a,
      int aStep,
      int b,
      int bStep,
      int addend,
      int addendStep,
      int c,
      int cStep,
      int rows,
      int columns,
      int inner,
      int layout) {
    int x = context.localIdx;
    int y = context.localIdy;
    int id = y * SIDE + x;
    int i0 = context.groupIdy * TILE;
    int j0 = context.groupIdx * TILE;
    int t = n.get(STEP);
    int a0 = a + t * aStep;
    int b0 = b + t * bStep;
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
          fromA =
              m.get(
                  a0
                      + ((layout & TRANSPOSE_A) != 0
                          ? (k + ka) * rows + i0 + ii
                          : (i0 + ii) * inner + k + ka));
        }
        left[ka * PITCH + ii] = fromA;
        int jj = (layout & TRANSPOSE_B) != 0 ? e / DEPTH : e % TILE;
        int kb = (layout & TRANSPOSE_B) != 0 ? e % DEPTH : e / TILE;
        float fromB = 0;
        if (j0 + jj < columns && k + kb < inner) {
          fromB =
              m.get(
                  b0
                      + ((layout & TRANSPOSE_B) != 0
                          ? (j0 + jj) * inner + k + kb
                          : (k + kb) * columns + j0 + jj));
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
    int plus = addend + t * addendStep;
    int out = c + t * cStep;
    int i = i0 + y;
    int j = j0 + x;
    store(m, plus, out, i, j, rows, columns, layout, s00, s01, s02, s03);
    store(m, plus, out, i + SIDE, j, rows, columns, layout, s10, s11, s12, s13);
    store(m, plus, out, i + 2 * SIDE, j, rows, columns, layout, s20, s21, s22, s23);
    store(m, plus, out, i + 3 * SIDE, j, rows, columns, layout, s30, s31, s32, s33);
  }

  private static void store(
      FloatArray m,
      int addend,
      int c,
      int i,
      int j,
      int rows,
      int columns,
      int layout,
      float s0,
      float s1,
      float s2,
      float s3) {
    if (i < rows) {
      storeOne(m, addend, c, i, j, columns, layout, s0);
      storeOne(m, addend, c, i, j + SIDE, columns, layout, s1);
      storeOne(m, addend, c, i, j + 2 * SIDE, columns, layout, s2);
      storeOne(m, addend, c, i, j + 3 * SIDE, columns, layout, s3);
    }
  }

  private static void storeOne(
      FloatArray m, int addend, int c, int i, int j, int columns, int layout, float sum) {
    if (j < columns) {
      float value = sum;
      if ((layout & ADDEND) != 0) {
        value += m.get(addend + ((layout & ADDEND_ROW) != 0 ? 0 : i * columns) + j);
      }
      m.set(c + i * columns + j, value);
    }
  }
}
