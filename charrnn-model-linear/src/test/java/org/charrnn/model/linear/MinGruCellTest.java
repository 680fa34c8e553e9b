package org.charrnn.model.linear;

import org.charrnn.api.Cell;
import org.charrnn.testkit.CellContract;

class MinGruCellTest extends CellContract {

  @Override
  protected Cell cell() {
    return new MinGruCell();
  }
}
