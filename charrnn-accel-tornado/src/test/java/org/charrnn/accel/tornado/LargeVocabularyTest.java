package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.api.network.Network;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;

/** A step of training with a vocabulary so large that products use large tiles. */
class LargeVocabularyTest {

  private static final int VOCABULARY = 2050;

  private static Set<ProductKernel.Form> forms(Program program) {
    Set<ProductKernel.Form> forms = EnumSet.noneOf(ProductKernel.Form.class);
    for (Launch launch : Programs.launches(program, true)) {
      if (launch.kernel() instanceof ProductKernel product) {
        forms.add(product.form());
      }
    }
    return forms;
  }

  @Test
  void step_withTheKernelsForGpus_agreesWithJava() {
    Network network = Programs.gru(VOCABULARY, 130);
    Program program = Programs.training(network, 3, 30);
    assertEquals(
        EnumSet.of(ProductKernel.Form.SHARED_TILES, ProductKernel.Form.LARGE_TILES),
        forms(program));
    OneStep.assertAgreesWithJava(program, VOCABULARY, new JavaAccelerator.Gpu());
  }
}
