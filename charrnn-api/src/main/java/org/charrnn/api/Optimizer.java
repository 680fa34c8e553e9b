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

  /**
   * {@return the hyperparameters other than the learning rate, with defaults and ranges; by default
   * none}
   */
  default List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  /**
   * Checks hyperparameters that are in their ranges. By default all of them can be combined.
   *
   * @param hyperparameters the values of {@link #hyperparameters()}
   * @throws IllegalArgumentException if they cannot be combined; the message says which of them,
   *     and what to set instead
   */
  default void check(Hyperparameters hyperparameters) {}

  /** {@return the learning rate if the user sets none, a positive number} */
  double defaultLearningRate();

  /**
   * {@return the names of the states of each parameter, each of the shape of the parameter and
   * initially zero} They are unique and consist of letters, digits, {@code _} and {@code -}; there
   * may be none.
   */
  List<String> states();

  /**
   * Records one update. It is called when a program is written, once for each parameter, and not
   * when the program runs.
   *
   * @param parameter the old value
   * @param gradient the gradient of the loss, after clipping, of the shape of the parameter
   * @param state the old states, each of that shape, in the order of {@link #states()}
   * @param context the learning rate and the other values that all parameters share
   * @return the new values, of the same shapes
   * @throws IllegalArgumentException from the methods of the tensors, if shapes do not fit
   */
  Update update(Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context);

  /**
   * The result of an update.
   *
   * @param parameter the new value, of the shape of the parameter
   * @param state the new states, each of that shape, in the order of {@link #states()}
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
   * @param learningRate a scalar of floats that may change from step to step
   * @param stepNumber a scalar of floats: 1 in the first step, 2 in the second, ...
   * @param hyperparameters the values of {@link #hyperparameters()}
   */
  record UpdateContext(Tensor learningRate, Tensor stepNumber, Hyperparameters hyperparameters) {}
}
