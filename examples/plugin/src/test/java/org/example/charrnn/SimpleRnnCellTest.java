package org.example.charrnn;

import org.charrnn.api.Cell;
import org.charrnn.testkit.CellContract;

class SimpleRnnCellTest extends CellContract {

  @Override
  protected Cell cell() {
    return new SimpleRnnCell();
  }
}
