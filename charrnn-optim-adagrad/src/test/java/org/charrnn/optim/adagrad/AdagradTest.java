package org.charrnn.optim.adagrad;

import org.charrnn.api.Optimizer;
import org.charrnn.testkit.OptimizerContract;

class AdagradTest extends OptimizerContract {

  @Override
  protected Optimizer optimizer() {
    return new Adagrad();
  }
}
