package org.charrnn.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Accelerators;
import org.charrnn.interchange.RandomModels;
import org.charrnn.interchange.RandomModels.Head;
import org.charrnn.interchange.verification.Difference;
import org.charrnn.interchange.verification.OnnxVerification;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxWriterTest {

  static List<Arguments> models() {
    List<Arguments> models = new ArrayList<>();
    for (String cell : List.of("gru", "gru-reset-after", "lstm", "rnn")) {
      for (int layers : new int[] {1, 3}) {
        for (Head head : Head.values()) {
          for (boolean fuse : new boolean[] {true, false}) {
            models.add(Arguments.of(cell, layers, head, fuse));
          }
        }
      }
    }
    for (String cell : List.of("min-gru", "min-lstm", "sru", "mogrifier-lstm")) {
      models.add(Arguments.of(cell, 2, Head.TIED, true));
      models.add(Arguments.of(cell, 1, Head.WITHOUT_EMBEDDING, false));
    }
    return models;
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}, fused {3}")
  @MethodSource("models")
  void write_aModel_computesTheSameInOnnxRuntime(String cell, int layers, Head head, boolean fuse) {
    SavedModel model = RandomModels.of(cell, layers, head);
    byte[] onnx = OnnxWriter.write(model, fuse, false, Map.of()).toByteArray();
    for (int steps : new int[] {1, 7, 50}) {
      for (int batchSize : new int[] {1, 3}) {
        Difference difference =
            OnnxVerification.compare(
                model, onnx, Accelerators.choose(java.util.Optional.of("java")), steps, batchSize);
        assertTrue(
            difference.isRounding(),
            () -> "T %d, B %d: %s".formatted(steps, batchSize, difference));
      }
    }
  }
}
