package org.charrnn.text.evaluation;

import java.util.Locale;
import org.charrnn.api.CharRnnException;

/** A model computes values that are not finite, so it is of no use. */
public final class ModelDivergedException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
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
