package org.charrnn.text.evaluation;

import java.util.Locale;
import org.charrnn.api.CharRnnException;

/**
 * A model computes values that are not finite, so it is of no use. If that happens in training,
 * files that were saved before are unchanged.
 */
public final class ModelDivergedException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception of a training.
   *
   * @param message the value and remedies
   */
  public ModelDivergedException(String message) {
    super(message);
  }

  /**
   * Creates an exception of a model that was loaded.
   *
   * @param name the name of the value
   * @param value the value
   */
  public ModelDivergedException(String name, double value) {
    super(
        String.format(
            Locale.ROOT,
            "The %s of the model is %s: its training diverged. Use an earlier checkpoint, or train again with a lower learning rate.",
            name,
            value));
  }
}
