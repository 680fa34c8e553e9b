package org.charrnn.api;

import java.util.List;
import org.charrnn.graph.Tensor;

/**
 * Turns a gradient into a new value of a parameter, written as an expression.
 *
 * <p>Where the update leaves every row alone whose gradient is zero, as Adagrad's does, only the
 * rows of a table that occur in a window are updated; that is found from the expression, an
 * optimizer need not do anything for it.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public interface Optimizer extends Plugin {

  /** The hyperparameters beside the learning rate, with defaults and ranges. */
  default List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  /** The learning rate that is used if the user gives none. */
  double defaultLearningRate();

  /** The names of what is remembered of each parameter, each of its shape and zero at first. */
  List<String> states();

  /**
   * Records one update.
   *
   * @param parameter the old value
   * @param gradient of the parameter's shape, after clipping
   * @param state the old states, in the order of {@link #states()}
   * @param context the learning rate and the other values that all parameters share
   */
  Update update(Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context);

  /**
   * What an update leaves.
   *
   * @param parameter the new value
   * @param state the new states, in the order of {@link #states()}
   */
  record Update(Tensor parameter, List<Tensor> state) {
    /** The new value and the new states. */
    public static Update of(Tensor parameter, Tensor... state) {
      return new Update(parameter, List.of(state));
    }
  }

  /**
   * The values that all parameters share in one step.
   *
   * @param learningRate a scalar that may change from step to step
   * @param stepNumber a scalar: 1 in the first step, 2 in the second, ...
   * @param hyperparameters the values of {@link #hyperparameters()}
   */
  record UpdateContext(Tensor learningRate, Tensor stepNumber, Hyperparameters hyperparameters) {}
}
