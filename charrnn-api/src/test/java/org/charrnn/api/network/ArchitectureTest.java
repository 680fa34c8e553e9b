package org.charrnn.api.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

  @ParameterizedTest
  @CsvSource({
    "0,0,5,1,vocabularySize must be at least 1: 0",
    "9,-1,5,1,embeddingSize must be at least 0: -1",
    "9,0,0,1,hiddenSize must be at least 1: 0",
    "9,0,5,0,layers must be at least 1: 0"
  })
  void new_impossibleSize_namesIt(
      int vocabulary, int embedding, int hidden, int layers, String message) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Architecture(vocabulary, embedding, hidden, layers, false));
    assertEquals(message, error.getMessage());
  }

  @Test
  void new_leastSizes() {
    assertEquals(0, new Architecture(1, 0, 1, 1, false).embeddingSize());
  }

  @ParameterizedTest
  @CsvSource({"0,1,windowLength must be at least 1: 0", "1,0,batchSize must be at least 1: 0"})
  void trainingStep_impossibleSize_namesIt(int steps, int batch, String message) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> StepSpec.builder(steps, batch).build());
    assertEquals(message, error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY, 1e-50})
  void trainingStep_clipNorm_mustBePositiveAsAFloat(double clipNorm) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> StepSpec.builder(1, 1).clipNorm(clipNorm).build());
    assertEquals("clipNorm must be greater than 0: " + clipNorm, error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void trainingStep_clipValue_mustBePositive(double clipValue) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> StepSpec.builder(1, 1).clipValue(clipValue).build());
    assertEquals("clipValue must be greater than 0: " + clipValue, error.getMessage());
  }

  @Test
  void new_tied_needsAnEmbedding() {
    assertEquals(7, new Architecture(5, 7, 7, 2, true).embeddingSize());
    var error =
        assertThrows(IllegalArgumentException.class, () -> new Architecture(5, 0, 7, 2, true));
    assertEquals(
        "embeddingSize of a network with a tied output must be at least 1: 0", error.getMessage());
  }

  @Test
  void trainingStep_withoutClipping() {
    StepSpec step = StepSpec.builder(1, 1).build();
    assertFalse(step.clipsNorm());
    assertFalse(step.clipsValues());
    assertFalse(StepSpec.builder(1, 1).clipNorm(1e39).build().clipsNorm());
  }
}
