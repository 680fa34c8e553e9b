package org.charrnn.model.lstm;

import org.charrnn.api.Cell;
import org.charrnn.testkit.CellContract;

class MogrifierLstmCellTest extends CellContract {

  @Override
  protected Cell cell() {
    return new MogrifierLstmCell();
  }
}
