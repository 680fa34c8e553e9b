package org.charrnn.text;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that trains and saves without end, until it is killed. */
final class SavingChild {

  private SavingChild() {}

  /**
   * Resumes from a checkpoint, if there is one.
   *
   * @param arguments the checkpoint
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Trainer trainer =
        Files.exists(file)
            ? TestRuns.charRnn().resume(file, TestRuns.CORPUS)
            : TestRuns.charRnn().trainer(TestRuns.CORPUS, KillWhileSavingTest.CONFIG)) {
      while (true) {
        trainer.step();
        trainer.save(file);
        out.println(trainer.progress().step());
      }
    }
  }
}
