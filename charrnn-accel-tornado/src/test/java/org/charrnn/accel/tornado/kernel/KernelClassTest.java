package org.charrnn.accel.tornado.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.StepCounter;
import org.charrnn.accel.tornado.op.GatherRows;
import org.charrnn.accel.tornado.runtime.AccessLog;
import org.charrnn.accel.tornado.runtime.WorkItem;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class KernelClassTest {

  private static final DeviceMatrix TABLE = new DeviceMatrix(10, 0, 4, 3);
  private static final DeviceMatrix IDS = new DeviceMatrix(4, 2, 1, 2);
  private static final DeviceMatrix RESULT = new DeviceMatrix(40, 6, 2, 3);

  private static Launch gather() {
    return new GatherRows(TABLE, IDS, RESULT).launch();
  }

  /** Otherwise each session would define new classes, which TornadoVM never frees. */
  @Test
  void of_equalLaunch_sameTask() {
    assertSame(KernelClass.of(gather()), KernelClass.of(gather()));
    Launch inLoop = gather().with(StepCounter.inBody(0, 2, false));
    assertNotSame(KernelClass.of(gather()), KernelClass.of(inLoop));
    assertSame(
        KernelClass.of(inLoop), KernelClass.of(gather().with(StepCounter.inBody(0, 2, false))));
  }

  @Test
  void of_methodInALoop_readsAndAdvancesTheStep() {
    FloatArray floats = new FloatArray(100);
    for (int i = 0; i < 100; i++) {
      floats.set(i, i);
    }
    IntArray ints = IntArray.fromElements(7, 1, 0, 0, 3, 0, 2, 1);
    Launch first = gather().with(StepCounter.inBody(0, 2, false));
    WorkItem item = new WorkItem(first.grid(), 0, 0, new WorkItem.Group(new AccessLog()));
    for (int x = 0; x < first.grid().globalX(); x++) {
      item.moveTo(x, 0);
      KernelClass.of(first).apply(item, floats, ints);
    }
    float[] rowsTwoAndOne = {16, 17, 18, 13, 14, 15};
    for (int i = 0; i < 6; i++) { // step 1: ids 2 and 1, to 40 + 6
      assertEquals(rowsTwoAndOne[i], floats.get(46 + i));
    }
    assertEquals(1, ints.get(StepCounter.CURRENT));
    Launch last = NoOpKernel.launch().with(StepCounter.inBody(1, 2, true));
    KernelClass.of(last).apply(item(last), floats, ints);
    assertEquals(0, ints.get(StepCounter.NEXT));
  }

  private static WorkItem item(Launch launch) {
    return new WorkItem(launch.grid(), 0, 0, new WorkItem.Group(new AccessLog()));
  }
}
