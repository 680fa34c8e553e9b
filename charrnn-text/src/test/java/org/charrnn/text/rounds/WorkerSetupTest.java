package org.charrnn.text.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.junit.jupiter.api.Test;

class WorkerSetupTest {

  private static final WorkerSetup SETUP =
      new WorkerSetup(
          TrainingConfig.builder().rounds(it -> it.workers(3).outerEvery(7)).build(),
          Vocabulary.of(
              List.of(
                  new Vocabulary.Entry("\n", 3),
                  new Vocabulary.Entry("山", 2),
                  new Vocabulary.Entry("𠮷", 1))));

  @Test
  void bytes_areReadBack() {
    assertEquals(SETUP, WorkerSetup.of(SETUP.toBytes()));
  }

  @Test
  void bytesCutShort_areRefused() {
    byte[] bytes = SETUP.toBytes();
    byte[] some = Arrays.copyOf(bytes, bytes.length - 1);
    assertThrows(IllegalArgumentException.class, () -> WorkerSetup.of(some));
  }
}
