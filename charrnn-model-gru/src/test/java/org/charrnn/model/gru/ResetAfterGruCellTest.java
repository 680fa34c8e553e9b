package org.charrnn.model.gru;

import org.charrnn.api.Cell;
import org.charrnn.testkit.CellContract;

class ResetAfterGruCellTest extends CellContract {

  @Override
  protected Cell cell() {
    return new ResetAfterGruCell();
  }
}
