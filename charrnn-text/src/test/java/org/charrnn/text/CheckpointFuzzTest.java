package org.charrnn.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.charrnn.testkit.fuzz.DamagedJson;
import org.charrnn.testkit.fuzz.FuzzTarget;
import org.charrnn.testkit.fuzz.Fuzzer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.snapshot.ChecksumOfFile;
import org.charrnn.text.snapshot.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads many damaged checkpoints, with a valid checksum or none: each is either refused with a
 * documented exception or usable.
 */
class CheckpointFuzzTest {

  private static final Corpus CORPUS = Corpus.of("山前有水，水上有桥。山后有路，路边有树。".repeat(4));

  private static final TrainingConfig CONFIG =
      TestRuns.config().toBuilder()
          .model(it -> it.hiddenSize(3).layers(1))
          .optimizer(it -> it.name("sgd").defaultLearningRate())
          .windows(it -> it.seqLength(3).batchSize(2))
          .build();

  @TempDir private static Path folder;

  private static byte[] valid() {
    Path file = folder.resolve("valid.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(CORPUS, CONFIG)) {
      trainer.step();
      trainer.save(file);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void damagedCheckpoints_areRefusedOrUsable() {
    byte[] valid = valid();
    Fuzzer.Figures figures =
        new Fuzzer("checkpoint", folder.resolve("damaged"), () -> new Target(valid)).run(6_000, 40);
    assertTrue(figures.refused() > figures.executions() / 4, figures::toString);
    assertTrue(figures.refused() < figures.executions(), figures::toString);
  }

  private static final class Target implements FuzzTarget {

    private final DamagedJson header;
    private final byte[] data;

    Target(byte[] valid) {
      int length = (int) ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN).getLong();
      header =
          new DamagedJson(
              new String(valid, 8, length, ISO_8859_1)
                  .replaceFirst("\"checksum\":\"[0-9a-f]{8}\",", ""));
      data = Arrays.copyOfRange(valid, 8 + length, valid.length);
    }

    private static Path file(Path folder) {
      return folder.resolve("damaged.ckpt");
    }

    @Override
    public long prepare(Path folder, long index, RandomGenerator random) throws IOException {
      boolean isHeaderValid = index >= header.simpleChanges() && random.nextInt(8) == 0;
      byte[] json =
          isHeaderValid
              ? header.valid().getBytes(ISO_8859_1)
              : header.damaged(index, random).getBytes(ISO_8859_1);
      byte[] bytes = isHeaderValid ? damagedData(random) : data;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length).array());
      out.writeBytes(json);
      out.writeBytes(bytes);
      Files.write(file(folder), out.toByteArray());
      if (index % 4 == 0) {
        ChecksumOfFile.add(file(folder));
      }
      return out.size();
    }

    private byte[] damagedData(RandomGenerator random) {
      byte[] damaged = data.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      return random.nextBoolean()
          ? damaged
          : Arrays.copyOf(damaged, damaged.length - 4 + random.nextInt(9));
    }

    /** One of the ways to read a checkpoint, in rotation. */
    @Override
    public void use(Path folder, long index) {
      Path file = file(folder);
      switch ((int) (index % 3)) {
        case 0 -> {
          Snapshot.origin(file);
          Snapshot.read(file);
        }
        case 1 -> {
          try (LanguageModel model = TestRuns.charRnn().load(file)) {
            model.generate(GenerationRequest.greedy("山", 2));
            model.evaluate(Corpus.of("山前"));
          }
        }
        default -> TestRuns.charRnn().resume(file, CORPUS).close();
      }
    }
  }
}
