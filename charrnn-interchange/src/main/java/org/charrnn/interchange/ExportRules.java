package org.charrnn.interchange;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.annotation.Fixed;
import org.charrnn.text.settings.Setting;

/** Refuses models that have something that an export would lose silently. */
final class ExportRules {

  /** The settings of the architecture that a folder for PyTorch expresses. */
  static final Set<String> OF_PYTORCH =
      Set.of("tokenizer", "cell", "embeddingSize", "hiddenSize", "layers", "tieWeights");

  /**
   * Those that ONNX expresses: ids have no direction, and the metadata says in which they are read.
   */
  static final Set<String> OF_ONNX =
      Set.of(
          "tokenizer", "cell", "embeddingSize", "hiddenSize", "layers", "tieWeights", "direction");

  private ExportRules() {}

  /**
   * Checks a model.
   *
   * @param expressed the settings of the architecture that the format expresses
   * @throws InterchangeException if another one differs from its default, or a weight is not finite
   */
  static void require(SavedModel model, Set<String> expressed) {
    List<Setting> defaults = Setting.of(TrainingConfig.builder().build());
    for (Setting setting : Setting.of(model.config())) {
      boolean differs = !defaults.contains(setting);
      if (differs
          && setting.isFixed(Fixed.Scope.PARAMETERS)
          && !expressed.contains(setting.option())) {
        throw new InterchangeException(
            "The model",
            String.format(
                Locale.ROOT,
                "has %s %s, which this format cannot express",
                setting.option(),
                setting.value().map(Object::toString).orElse("none").toLowerCase(Locale.ROOT)));
      }
    }
    model
        .tensors()
        .forEach((name, tensor) -> {
          if (!tensor.isFinite()) {
            throw InterchangeException.notFinite("The model", name);
          }
        });
  }
}
