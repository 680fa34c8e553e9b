package org.charrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.charrnn.text.config.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that run in sequence train as those that run together. */
class OneSlotTest {

  @TempDir private Path folder;

  @Test
  void fourWorkers_onOneSlot_trainAsOnOneMachine() {
    Path text = TestTraining.text(folder);
    TrainingConfig config = TestTraining.config(4);
    SparkSession spark = SparkSessions.local(1);
    try {
      assertArrayEquals(
          TestTraining.onOneMachine(text, config, folder.resolve("one.ckpt")),
          TestTraining.onSpark(spark, text, config, folder.resolve("one-slot.ckpt")));
    } finally {
      spark.stop();
    }
  }
}
