package org.charrnn.text.config.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a configuration that must keep its value. Components without this annotation
 * may change when a run is resumed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Fixed {

  /** {@return what keeps the component fixed} */
  Scope value();

  /** What keeps a component fixed. */
  enum Scope {
    /** The parameters: a run that starts from them, resumed or fine-tuned, needs the same value. */
    PARAMETERS,
    /** The run: it needs the same value when it is resumed; fine-tuning starts a new run. */
    RUN;

    /** Whether a component of the scope {@code other} is fixed wherever this scope applies. */
    public boolean includes(Scope other) {
      return other.compareTo(this) <= 0;
    }
  }
}
