package org.charrnn.testkit;

import java.util.List;
import org.charrnn.graph.Op;

/**
 * What an honest accelerator computes: every result rounded to single precision, products summed in
 * it.
 */
final class SinglePrecisionKernels implements Kernels {

  private final Kernels reference = new ReferenceKernels();

  @Override
  public void run(Op.Kernel kernel, List<View> inputs, List<View> outputs) {
    if (kernel instanceof Op.MatMul product) {
      matMul(product, inputs, outputs.getFirst());
      return;
    }
    reference.run(kernel, inputs, outputs);
    for (View output : outputs) {
      for (int i = 0; output.isFloat() && i < output.elements(); i++) {
        output.setFlat(i, (float) output.flat(i));
      }
    }
  }

  private static void matMul(Op.MatMul product, List<View> in, View out) {
    View a = in.get(0);
    View b = in.get(1);
    for (int i = 0; i < out.rows(); i++) {
      for (int j = 0; j < out.columns(); j++) {
        float sum = in.size() > 2 ? (float) in.get(2).repeated(i, j) : 0;
        for (int k = 0; k < (product.transposeA() ? a.rows() : a.columns()); k++) {
          double left = product.transposeA() ? a.get(k, i) : a.get(i, k);
          double right = product.transposeB() ? b.get(j, k) : b.get(k, j);
          sum += (float) left * (float) right;
        }
        out.set(i, j, sum);
      }
    }
  }
}
