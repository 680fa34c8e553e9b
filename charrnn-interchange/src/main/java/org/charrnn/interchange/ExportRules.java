package org.charrnn.interchange;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.Fixed;
import org.charrnn.text.config.Setting;
import org.charrnn.text.config.TrainingConfig;

/** Refuses models that have something that an export would lose silently. */
final class ExportRules {

  /** The settings of the architecture that the writers express. */
  private static final Set<String> EXPRESSED =
      Set.of("tokenizer", "cell", "embeddingSize", "hiddenSize", "layers", "tieWeights");

  private ExportRules() {}

  static void require(SavedModel model) {
    List<Setting> defaults = Setting.of(TrainingConfig.builder().build());
    for (Setting setting : Setting.of(model.config())) {
      boolean differs = !defaults.contains(setting);
      if (differs
          && setting.isFixed(Fixed.Scope.PARAMETERS)
          && !EXPRESSED.contains(setting.option())) {
        throw new InterchangeException(
            "The model",
            String.format(
                Locale.ROOT,
                "has %s %s, which cannot be exported yet",
                setting.option(),
                setting.value().map(Object::toString).orElse("none")));
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
