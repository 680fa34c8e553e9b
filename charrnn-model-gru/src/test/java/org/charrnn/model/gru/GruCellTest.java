package org.charrnn.model.gru;

import org.charrnn.api.Cell;
import org.charrnn.testkit.CellContract;

class GruCellTest extends CellContract {

  @Override
  protected Cell cell() {
    return new GruCell();
  }
}
