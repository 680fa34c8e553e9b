package org.charrnn.api;

import java.util.List;
import org.charrnn.graph.Tensor;

/**
 * Computes the new value of a parameter from its gradient, written as a formula.
 *
 * <p>If an update does not change rows with zero gradient, as with Adagrad, only the rows of a
 * table that occur in a window are updated. The compiler derives this from the formula.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public interface Optimizer extends Plugin {

  /** {@return the hyperparameters other than the learning rate, with defaults and ranges} */
  default List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  /** {@return the learning rate if the user sets none} */
  double defaultLearningRate();

  /** {@return the names of the states of each parameter, each of its shape and initially zero} */
  List<String> states();

  /**
   * Records one update.
   *
   * @param parameter the old value
   * @param gradient of the parameter's shape, after clipping
   * @param state the old states, in the order of {@link #states()}
   * @param context the learning rate and the other values that all parameters share
   * @return the new values
   */
  Update update(Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context);

  /**
   * The result of an update.
   *
   * @param parameter the new value
   * @param state the new states, in the order of {@link #states()}
   */
  record Update(Tensor parameter, List<Tensor> state) {
    /**
     * {@return the new value and the new states}
     *
     * @param parameter the new value of the parameter
     * @param state the new states, in the order of {@link #states}
     */
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
