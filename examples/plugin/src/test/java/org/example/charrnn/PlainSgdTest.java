package org.example.charrnn;

import org.charrnn.api.Optimizer;
import org.charrnn.testkit.OptimizerContract;

class PlainSgdTest extends OptimizerContract {

  @Override
  protected Optimizer optimizer() {
    return new PlainSgd();
  }
}
