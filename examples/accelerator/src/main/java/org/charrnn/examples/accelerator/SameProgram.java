package org.charrnn.examples.accelerator;

import java.nio.file.Path;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.StepReport;

/**
 * Trains a little on a text, and says where and how fast. It names no accelerator, and neither does
 * the pom of this module; {@code target/app} holds the program with everything else it needs. The
 * class path decides:
 *
 * <pre>{@code
 * java -cp "target/app/*:charrnn-accel-java.jar" ...          # "java"
 * java --add-modules jdk.incubator.vector -cp (the same) ...  # "java-vector", of the same jar
 * java @$TORNADOVM_HOME/tornado-argfile -cp "target/app/*:charrnn-accel-tornado.jar" ...  # a GPU
 * java -cp "target/app/*:charrnn-testkit.jar:..." ...         # "reference", slow and in double precision
 * java -cp "target/app/*" ...                                 # an error that says what is missing
 * }</pre>
 *
 * <p>All of them learn the same: losses differ in the last digits at most.
 */
public final class SameProgram {

  private static final int STEPS = 50;

  private SameProgram() {}

  /** Trains on the text file that is named. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: SameProgram TEXT_FILE");
      System.exit(2);
    }
    Corpus corpus = Corpus.read(Path.of(arguments[0]));
    TrainingConfig config =
        TrainingConfig.builder()
            .optimizer(it -> it.name("adam"))
            .model(it -> it.embeddingSize(32).tieWeights(false).hiddenSize(64))
            .windows(it -> it.seqLength(20).batchSize(8))
            .run(it -> it.epochs(STEPS).maxSteps(STEPS))
            .build();
    CharRnn charRnn = CharRnn.create(); // the best accelerator that was found
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      StepReport report = trainer.step();
      while (!trainer.isFinished()) {
        report = trainer.step();
      }
      System.out.printf(
          "%s: loss %.4f after %d steps, %,.0f characters per second%n",
          charRnn.accelerator().name(), report.nats(), report.step(), report.charactersPerSecond());
    }
  }
}
