package org.charrnn.model.lstm;

import org.charrnn.api.Cell;
import org.charrnn.testkit.CellContract;

class LstmCellTest extends CellContract {

  @Override
  protected Cell cell() {
    return new LstmCell();
  }
}
