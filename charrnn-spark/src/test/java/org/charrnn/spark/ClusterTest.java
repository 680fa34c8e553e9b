package org.charrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.charrnn.spark.command.SparkTrain;
import org.charrnn.spark.training.SparkTraining;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.settings.ConfigJson;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training on a real cluster, whose processes are killed. */
@Timeout(300)
class ClusterTest {

  private static final TrainingConfig CONFIG = TestTraining.config(4);

  @TempDir private static Path folder;

  private static Cluster cluster;
  private static Path text;
  private static byte[] expected;

  @BeforeAll
  static void start() {
    text = TestTraining.text(folder);
    cluster = Cluster.start(folder);
    expected = TestTraining.onOneMachine(text, CONFIG, folder.resolve("one.ckpt"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void executorsThatAreKilled_changeNoByte() {
    SparkSession spark = session();
    try {
      assertArrayEquals(
          expected,
          TestTraining.onSpark(spark, text, CONFIG, folder.resolve("undisturbed.ckpt")),
          "undisturbed");
      Killer killer = new Killer();
      spark.sparkContext().addSparkListener(killer);
      assertArrayEquals(
          expected,
          TestTraining.onSpark(spark, text, CONFIG, folder.resolve("disturbed.ckpt")),
          "disturbed");
      assertEquals(List.of("task of round 2", "end of round 3"), killer.kills);
      assertTrue(killer.removed.get() >= 1, "no executor was lost");
    } finally {
      spark.stop();
    }
  }

  private static SparkSession session() {
    return SparkSession.builder().config(cluster.conf("test")).getOrCreate();
  }

  /** Kills an executor when the first task of round 2 ends, and the other one after round 3. */
  private static final class Killer extends SparkListener {

    private final List<String> kills = new ArrayList<>();
    private final AtomicInteger removed = new AtomicInteger();
    private int rounds;
    private int job;

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      if (SparkTraining.isRound(start.properties())) {
        rounds++;
        job = start.jobId();
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (rounds == 2 && kills.isEmpty()) {
        kills.add("task of round 2");
        cluster.killExecutor(0);
      }
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
      if (rounds == 3 && end.jobId() == job && kills.size() == 1) {
        kills.add("end of round 3");
        cluster.killExecutor(1);
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved lost) {
      removed.incrementAndGet();
    }
  }

  @Test
  void driverThatIsKilled_isResumedOnOtherExecutors_toTheSameBytes() throws Exception {
    Path config = Files.writeString(folder.resolve("config.json"), ConfigJson.write(CONFIG));
    Path file = folder.resolve("killed.ckpt");
    Process driver =
        driver(
            List.of(
                text.toString(),
                "--out",
                file.toString(),
                "--config",
                config.toString(),
                "--run-folder",
                "none"));
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = driver.inputReader()) {
      String line = output.readLine();
      while (line != null && !line.startsWith("saved " + file)) {
        lines.add(line);
        line = output.readLine();
      }
      assertTrue(line != null, () -> String.join("\n", lines));
    } finally {
      driver.destroyForcibly().waitFor();
    }
    long step = Snapshot.readResumable(file).training().orElseThrow().progress().step();
    assertEquals(2 * TestTraining.ROUND, step);
    SparkSession spark = SparkSessions.local(2);
    try {
      SparkTraining training = SparkTraining.of(spark, text.toString());
      try (Trainer trainer = training.charRnn().resume(file, training.corpus())) {
        trainer.run(file, TrainingListener.silent());
      }
    } finally {
      spark.stop();
    }
    assertArrayEquals(expected, TestTraining.bytes(file));
  }

  /** The main class for spark-submit in a process of its own. */
  private static Process driver(List<String> arguments) throws IOException {
    List<String> properties = new ArrayList<>();
    for (var entry : cluster.conf("killed").getAll()) {
      properties.add("-D" + entry._1() + "=" + entry._2());
    }
    return cluster.home().java("512m", properties, SparkTrain.class.getName(), arguments).start();
  }
}
