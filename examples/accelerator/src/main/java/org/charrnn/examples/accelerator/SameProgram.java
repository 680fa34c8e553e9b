package org.charrnn.examples.accelerator;

import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.StepReport;

/**
 * Trains for a few steps and prints the accelerator, the loss and the speed. Neither this class nor
 * the pom of its module names an accelerator; {@code target/app} contains the program with its
 * other dependencies. The class path selects the accelerator:
 *
 * <pre>{@code
 * java -cp "target/app/*:charrnn-accel-java.jar" ...          # "java"
 * java --add-modules jdk.incubator.vector -cp (the same) ...  # "java-vector", of the same jar
 * java @$TORNADOVM_HOME/tornado-argfile -cp "target/app/*:charrnn-accel-tornado.jar" ...  # a GPU
 * java -cp "target/app/*:charrnn-testkit.jar:..." ...         # "reference", slow and in double precision
 * java -cp "target/app/*" ...                                 # an error that names the missing module
 * }</pre>
 *
 * <p>The loss is the same on all of them, except for the last digits.
 */
public final class SameProgram {

  private static final int STEPS = 50;

  private SameProgram() {}

  /** Trains on a text file. */
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
    CharRnn charRnn = CharRnn.create(); // the best accelerator of the class path
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      StepReport report = trainer.step();
      while (!trainer.isFinished()) {
        report = trainer.step();
      }
      System.out.printf(
          Locale.ROOT,
          "%s: loss %.4f after %d steps, %,.0f characters per second%n",
          charRnn.accelerator().name(),
          report.nats(),
          report.step(),
          report.charactersPerSecond());
    }
  }
}
