package org.charrnn.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.Accelerator;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.interchange.RandomModels;
import org.charrnn.interchange.RandomModels.Head;
import org.charrnn.interchange.layout.FusedCell;
import org.charrnn.interchange.verification.Difference;
import org.charrnn.interchange.verification.OnnxVerification;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxWriterTest {

  private static final Accelerator JAVA = Accelerators.choose(Optional.of("java"));

  static List<Arguments> models() {
    List<Arguments> models = new ArrayList<>();
    for (String cell : RandomModels.cells()) {
      boolean hasOperator = FusedCell.of(cell).isPresent();
      for (int layers : new int[] {1, 3}) {
        for (Head head : Head.values()) {
          models.add(Arguments.of(cell, layers, head, false));
          if (hasOperator) {
            models.add(Arguments.of(cell, layers, head, true));
          }
        }
      }
    }
    return models;
  }

  @Test
  void models_haveTheBundledCells() {
    assertTrue(
        RandomModels.cells()
            .containsAll(
                List.of(
                    "gru",
                    "gru-reset-after",
                    "lstm",
                    "rnn",
                    "min-gru",
                    "min-lstm",
                    "sru",
                    "mogrifier-lstm")),
        () -> RandomModels.cells().toString());
  }

  /** A scorer differs in its states and its output alone, which the cells do not depend on. */
  static List<Arguments> scorers() {
    return models().stream()
        .filter(it -> it.get()[1].equals(3))
        .filter(it -> it.get()[2] == Head.UNTIED || it.get()[2] == Head.WITHOUT_EMBEDDING)
        .toList();
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}, fused {3}")
  @MethodSource("scorers")
  void write_aScorer_computesTheSameInOnnxRuntime(
      String cell, int layers, Head head, boolean fuse) {
    SavedModel model = RandomModels.of(cell, layers, head);
    byte[] onnx = OnnxWriter.write(model, fuse, true, Map.of()).toByteArray();
    Difference difference = OnnxVerification.compare(model, onnx, JAVA);
    assertTrue(difference.isRounding(), difference::toString);
    assertTrue(difference.magnitude() > 1, difference::toString);
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}, fused {3}")
  @MethodSource("models")
  void write_aModel_computesTheSameInOnnxRuntime(String cell, int layers, Head head, boolean fuse) {
    SavedModel model = RandomModels.of(cell, layers, head);
    byte[] onnx = OnnxWriter.write(model, fuse, false, Map.of()).toByteArray();
    Difference difference = OnnxVerification.compare(model, onnx, JAVA);
    assertTrue(difference.isRounding(), difference::toString);
    assertTrue(difference.magnitude() > 1, difference::toString);
  }
}
