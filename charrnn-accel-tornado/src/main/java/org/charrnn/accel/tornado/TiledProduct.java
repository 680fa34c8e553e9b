package org.charrnn.accel.tornado;

import static org.charrnn.accel.tornado.ProductLayout.ADDEND;
import static org.charrnn.accel.tornado.ProductLayout.ADDEND_ROW;
import static org.charrnn.accel.tornado.ProductLayout.TRANSPOSE_A;
import static org.charrnn.accel.tornado.ProductLayout.TRANSPOSE_B;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A matrix product for GPUs where the result is small, such as that of one step of a loop: a group
 * of 16 x 16 work items computes a tile of that size, one element each, and shares what it reads of
 * the operands in local memory.
 */
record TiledProduct(
    Span a, Span b, Span addend, Span c, int rows, int columns, int inner, int layout)
    implements Kernel {

  private static final int TILE = 16;

  static Launch launch(Span a, Span b, Span addend, Span c, int inner, int layout) {
    Kernel kernel = new TiledProduct(a, b, addend, c, c.rows(), c.columns(), inner, layout);
    Grid grid = new Grid(Grid.roundUp(c.columns(), TILE), Grid.roundUp(c.rows(), TILE), TILE, TILE);
    return new Launch("product", kernel, grid);
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        TiledProduct::compute,
        context,
        floats,
        ints,
        a.base(),
        a.step(),
        b.base(),
        b.step(),
        addend.base(),
        addend.step(),
        c.base(),
        c.step(),
        rows,
        columns,
        inner,
        layout);
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(
        context,
        floats,
        ints,
        a.base(),
        a.step(),
        b.base(),
        b.step(),
        addend.base(),
        addend.step(),
        c.base(),
        c.step(),
        rows,
        columns,
        inner,
        layout);
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
    int j = context.globalIdx;
    int i = context.globalIdy;
    int t = n.get(STEP);
    int aRow = (layout & TRANSPOSE_A) != 0 ? 1 : inner;
    int aNext = (layout & TRANSPOSE_A) != 0 ? rows : 1;
    int bNext = (layout & TRANSPOSE_B) != 0 ? 1 : columns;
    int bColumn = (layout & TRANSPOSE_B) != 0 ? inner : 1;
    int a0 = a + t * aStep;
    int b0 = b + t * bStep;
    // A transposed operand is read along its own rows: work items next to each other read what lies
    // next to each other.
    int aI = (layout & TRANSPOSE_A) != 0 ? i - y + x : i;
    int aK = (layout & TRANSPOSE_A) != 0 ? y : x;
    int bJ = (layout & TRANSPOSE_B) != 0 ? j - x + y : j;
    int bK = (layout & TRANSPOSE_B) != 0 ? x : y;
    int aTo = (layout & TRANSPOSE_A) != 0 ? x * TILE + y : y * TILE + x;
    int bTo = (layout & TRANSPOSE_B) != 0 ? x * TILE + y : y * TILE + x;
    float[] left = context.allocateFloatLocalArray(TILE * TILE);
    float[] right = context.allocateFloatLocalArray(TILE * TILE);
    float sum = 0;
    for (int k = 0; k < inner; k += TILE) {
      float fromA = 0;
      if (aI < rows && k + aK < inner) {
        fromA = m.get(a0 + aI * aRow + (k + aK) * aNext);
      }
      float fromB = 0;
      if (bJ < columns && k + bK < inner) {
        fromB = m.get(b0 + bJ * bColumn + (k + bK) * bNext);
      }
      left[aTo] = fromA;
      right[bTo] = fromB;
      context.localBarrier();
      for (int p = 0; p < TILE; p++) {
        sum += left[y * TILE + p] * right[p * TILE + x];
      }
      context.localBarrier();
    }
    if (i < rows && j < columns) {
      if ((layout & ADDEND) != 0) {
        sum += m.get(addend + t * addendStep + ((layout & ADDEND_ROW) != 0 ? 0 : i * columns) + j);
      }
      m.set(c + t * cStep + i * columns + j, sum);
    }
  }
}
