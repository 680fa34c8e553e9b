package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.charrnn.testkit.fuzz.DamagedJson;
import org.charrnn.testkit.fuzz.FuzzTarget;
import org.charrnn.testkit.fuzz.Fuzzer;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.settings.ConfigJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads many damaged configurations, which have all components of all records. */
class ConfigFuzzTest {

  private static final int SMALL = 64;

  @TempDir private static Path folder;

  @Test
  void damagedConfigurations_areRefusedOrUsable() {
    Fuzzer.Figures figures = new Fuzzer("configuration", folder, Target::new).run(6_000, 25);
    assertTrue(figures.refused() > figures.executions() / 4, figures::toString);
    assertTrue(figures.refused() < figures.executions(), figures::toString);
  }

  private static final class Target implements FuzzTarget {

    private final DamagedJson json =
        new DamagedJson(
            ConfigJson.write(
                TestRuns.config().toBuilder()
                    .optimizer(it -> it.schedule(new Schedule.Cosine(5, 0.1)))
                    .build()));

    private static Path file(Path folder) {
      return folder.resolve("config.json");
    }

    @Override
    public long prepare(Path folder, long index, RandomGenerator random) throws IOException {
      byte[] bytes = json.damaged(index, random).getBytes(StandardCharsets.UTF_8);
      Files.write(file(folder), bytes);
      return bytes.length;
    }

    /** A configuration that can be read can be written, and trained with unless that is refused. */
    @Override
    public void use(Path folder, long index) {
      TrainingConfig config =
          ConfigJson.read(file(folder), Profile.named(index % 2 == 0 ? "small" : "seed").config());
      ConfigJson.write(config);
      if (index % 8 == 0 && isSmall(config)) {
        TestRuns.charRnn().trainer(TestRuns.CORPUS, config).close();
      }
    }

    /** Others may need more memory, rightly. */
    private static boolean isSmall(TrainingConfig config) {
      return config.model().hiddenSize() <= SMALL
          && config.model().embeddingColumns() <= SMALL
          && config.model().layers() <= 3
          && (long) config.windows().seqLength() * config.windows().batchSize() <= 4 * SMALL;
    }
  }
}
