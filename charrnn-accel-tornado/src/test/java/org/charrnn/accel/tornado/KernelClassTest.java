package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class KernelClassTest {

  private static final Span TABLE = new Span(10, 0, 4, 3);
  private static final Span IDS = new Span(4, 2, 1, 2);
  private static final Span RESULT = new Span(40, 6, 2, 3);

  private static Launch gather() {
    return new GatherRows(TABLE, IDS, RESULT).launch();
  }

  /** Otherwise each session would leave classes behind, which TornadoVM keeps. */
  @Test
  void of_equalLaunch_sameTask() {
    assertSame(KernelClass.of(gather()), KernelClass.of(gather()));
    Launch inLoop = gather().with(Clock.inBody(0, 2, false));
    assertNotSame(KernelClass.of(gather()), KernelClass.of(inLoop));
    assertSame(KernelClass.of(inLoop), KernelClass.of(gather().with(Clock.inBody(0, 2, false))));
  }

  @Test
  void of_methodInALoop_readsAtTheStepAndMovesItOn() {
    FloatArray floats = new FloatArray(100);
    for (int i = 0; i < 100; i++) {
      floats.set(i, i);
    }
    IntArray ints = IntArray.fromElements(7, 1, 0, 0, 3, 0, 2, 1);
    Launch first = gather().with(Clock.inBody(0, 2, false));
    WorkItem item = new WorkItem(first.grid(), 0, 0, new WorkItem.Group(1, new AccessLog()));
    for (int x = 0; x < first.grid().globalX(); x++) {
      item.moveTo(x, 0);
      KernelClass.of(first).apply(item, floats, ints);
    }
    float[] rowsTwoAndOne = {16, 17, 18, 13, 14, 15};
    for (int i = 0; i < 6; i++) { // step 1: ids 2 and 1, to 40 + 6
      assertEquals(rowsTwoAndOne[i], floats.get(46 + i));
    }
    assertEquals(1, ints.get(Clock.NOW));
    Launch last = Idle.launch().with(Clock.inBody(1, 2, true));
    KernelClass.of(last).apply(item(last), floats, ints);
    assertEquals(0, ints.get(Clock.NEXT));
  }

  private static WorkItem item(Launch launch) {
    return new WorkItem(launch.grid(), 0, 0, new WorkItem.Group(1, new AccessLog()));
  }
}
