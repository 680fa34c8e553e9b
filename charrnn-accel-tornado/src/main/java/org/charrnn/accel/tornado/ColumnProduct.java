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
 * A matrix product for processors, and for few rows: a work item computes {@value #ROWS} rows of
 * one column, so that neighbouring work items, which a processor's driver turns into one vector,
 * read neighbouring elements of {@code b} and share those of {@code a}.
 */
record ColumnProduct(
    Span a, Span b, Span addend, Span c, int rows, int columns, int inner, int layout)
    implements Kernel {

  private static final int ROWS = 4;

  static Launch launch(Span a, Span b, Span addend, Span c, int inner, int layout) {
    Kernel kernel = new ColumnProduct(a, b, addend, c, c.rows(), c.columns(), inner, layout);
    return new Launch("product", kernel, Grid.of(c.columns(), Grid.ceilDiv(c.rows(), ROWS)));
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        ColumnProduct::compute,
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
    int j = context.globalIdx;
    int i0 = context.globalIdy * ROWS;
    if (j < columns) {
      int t = n.get(STEP);
      int aRow = (layout & TRANSPOSE_A) != 0 ? 1 : inner;
      int aNext = (layout & TRANSPOSE_A) != 0 ? rows : 1;
      int bNext = (layout & TRANSPOSE_B) != 0 ? 1 : columns;
      // Rows beyond the last one are computed as the last one, and not stored.
      int i1 = Math.min(i0 + 1, rows - 1);
      int i2 = Math.min(i0 + 2, rows - 1);
      int i3 = Math.min(i0 + 3, rows - 1);
      int base = a + t * aStep;
      int a0 = base + i0 * aRow;
      int a1 = base + i1 * aRow;
      int a2 = base + i2 * aRow;
      int a3 = base + i3 * aRow;
      int b0 = b + t * bStep + ((layout & TRANSPOSE_B) != 0 ? j * inner : j);
      float sum0 = 0;
      float sum1 = 0;
      float sum2 = 0;
      float sum3 = 0;
      for (int k = 0; k < inner; k++) {
        float right = m.get(b0 + k * bNext);
        int next = k * aNext;
        sum0 += m.get(a0 + next) * right;
        sum1 += m.get(a1 + next) * right;
        sum2 += m.get(a2 + next) * right;
        sum3 += m.get(a3 + next) * right;
      }
      if ((layout & ADDEND) != 0) {
        int plus = addend + t * addendStep + j;
        int plusRow = (layout & ADDEND_ROW) != 0 ? 0 : columns;
        sum0 += m.get(plus + i0 * plusRow);
        sum1 += m.get(plus + i1 * plusRow);
        sum2 += m.get(plus + i2 * plusRow);
        sum3 += m.get(plus + i3 * plusRow);
      }
      int out = c + t * cStep + i0 * columns + j;
      m.set(out, sum0);
      if (i0 + 1 < rows) {
        m.set(out + columns, sum1);
      }
      if (i0 + 2 < rows) {
        m.set(out + 2 * columns, sum2);
      }
      if (i0 + 3 < rows) {
        m.set(out + 3 * columns, sum3);
      }
    }
  }
}
