package org.charrnn.testkit.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.compile.Compiler;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The check passes correct gradients and fails wrong ones. */
class GradientCheckTest {

  private final Graph graph = new Graph();
  private final Tensor w = graph.parameter("w", Shape.of(3));

  /** {@code loss = sum(w^3)}, with {@code factor * w^2} as its claimed gradient. */
  private GradientCheck cube(double factor) {
    graph.output("loss", w.times(w).times(w).sum());
    graph.output("slope", w.square().times(factor));
    GradientCheck check =
        new GradientCheck(Compiler.compile(graph, "cube"), "loss", Map.of("w", "slope"));
    check.fillRandomly(1);
    return check;
  }

  @Test
  void requireBelow_correctGradient() {
    GradientCheck check = cube(3);
    check.requireBelow(1e-9);
    assertTrue(check.worst().error() >= 0);
  }

  @Test
  void requireBelow_wrongGradient_namesTheElement() {
    AssertionFailedError error =
        assertThrows(AssertionFailedError.class, () -> cube(3.0001).requireBelow(1e-6));
    assertTrue(error.getMessage().startsWith("gradient of w at element "), error::getMessage);
  }

  @Test
  void worst_isTheRelativeError() {
    assertEquals(0.01, cube(3 * 1.01).worst().error(), 1e-4);
  }

  @Test
  void worst_gradientIsNaN_isNaN() {
    assertTrue(Double.isNaN(cube(Double.NaN).worst().error()));
  }

  @Test
  void worst_nearACorner_usesASmallerStep() {
    GradientCheck check = GradientCheck.of(w.maximum(0).sum(), List.of(w));
    check.floats("w")[0] = 1.5e-4; // the largest step reaches beyond the corner
    check.floats("w")[1] = -1.5e-5; // so does the second
    check.floats("w")[2] = 1;
    check.requireBelow(1e-6);
  }

  @Test
  void worst_restoresMemory() {
    graph.update(w, w.times(2));
    GradientCheck check = GradientCheck.of(w.square().sum(), List.of(w));
    double[] before = {1, -2, 3};
    System.arraycopy(before, 0, check.floats("w"), 0, 3);
    check.requireBelow(1e-9);
    assertArrayEquals(before, check.floats("w"));
  }
}
