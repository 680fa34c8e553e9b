package org.charrnn.optim.adam;

import org.charrnn.api.Optimizer;
import org.charrnn.testkit.OptimizerContract;

class RmsPropTest extends OptimizerContract {

  @Override
  protected Optimizer optimizer() {
    return new RmsProp();
  }
}
