package org.charrnn.optim.adagrad;

import org.charrnn.api.Optimizer;
import org.charrnn.testkit.OptimizerContract;

class AdagradEpsilonOutsideTest extends OptimizerContract {

  @Override
  protected Optimizer optimizer() {
    return new AdagradEpsilonOutside();
  }
}
