package org.charrnn.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.junit.jupiter.api.Test;

/** What cells declare: parameters with their initialization, and the weights they get back. */
class InitializerTest {

  private static float[] fill(Initializer initializer, int size) {
    float[] values = new float[size];
    Arrays.fill(values, 77);
    initializer.fill(values, new SeededRandom(1));
    return values;
  }

  @Test
  void zerosAndConstant() {
    assertArrayEquals(new float[] {0, 0, 0}, fill(Initializer.zeros(), 3));
    assertArrayEquals(new float[] {1.5f, 1.5f}, fill(Initializer.constant(1.5), 2));
  }

  @Test
  void uniform_fillsTheRange() {
    float[] values = fill(Initializer.uniform(0.1), 10_000);
    double sum = 0;
    float least = 0;
    float greatest = 0;
    for (float value : values) {
      assertTrue(Math.abs(value) <= 0.1f);
      sum += value;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    assertEquals(0, sum / values.length, 0.003);
    assertTrue(least < -0.099 && greatest > 0.099);
  }

  @Test
  void normal_hasTheStandardDeviation() {
    float[] values = fill(Initializer.normal(0.01), 20_000);
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    assertEquals(0.01, Math.sqrt(squares / values.length), 0.0003);
  }

  @Test
  void fill_sameGenerator_sameNumbers() {
    assertArrayEquals(fill(Initializer.normal(1), 100), fill(Initializer.normal(1), 100));
  }

  // ---- ParameterSpec

  @Test
  void weight_isUniformByItsColumns() {
    ParameterSpec spec = ParameterSpec.weight("U", 3, 100);
    assertEquals(Shape.of(3, 100), spec.shape());
    assertEquals(ParameterSpec.Kind.WEIGHT, spec.kind());
    float[] values = fill(spec.initializer(), 300);
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertTrue(greatest <= 0.1f && greatest > 0.09f, "greatest is " + greatest);
  }

  @Test
  void bias_isZeroUnlessSaidOtherwise() {
    ParameterSpec spec = ParameterSpec.bias("b", 4);
    assertEquals(Shape.of(4), spec.shape());
    assertEquals(ParameterSpec.Kind.BIAS, spec.kind());
    assertArrayEquals(new float[4], fill(spec.initializer(), 4));
    assertArrayEquals(
        new float[] {1, 1},
        fill(ParameterSpec.bias("b_f", 2, Initializer.constant(1)).initializer(), 2));
  }

  @Test
  void weight_impossibleSize() {
    assertThrows(IllegalArgumentException.class, () -> ParameterSpec.weight("U", 0, 5));
  }

  // ---- Weights

  @Test
  void weights_byName() {
    Tensor tensor = new Graph().parameter("gru.0.U", Shape.of(2, 2));
    assertSame(tensor, new Weights(Map.of("U", tensor)).get("U"));
  }

  @Test
  void weights_undeclared_listsTheDeclared() {
    Graph graph = new Graph();
    Weights weights =
        new Weights(
            Map.of("W", graph.parameter("W", Shape.of(1)), "U", graph.parameter("U", Shape.of(1))));
    var error = assertThrows(IllegalArgumentException.class, () -> weights.get("V"));
    assertEquals("the cell uses parameter 'V' but declares only [U, W]", error.getMessage());
  }
}
