package org.charrnn.examples.poem;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.cli.spi.TemporaryFolder;
import org.charrnn.cli.spi.TrainingDisplay;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code charrnn poem}: trains on a file of poems, and generates some. */
@Command(
    name = "poem",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Train on a file of poems, then generate poems whose lines start with given characters.",
      "The file has one line of verse per line, and preferably an empty line between poems."
    })
public final class PoemCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "POEMS", description = "Text file in UTF-8.")
  private @Nullable Path file;

  @Option(
      names = "--heads",
      paramLabel = "TEXT",
      required = true,
      description = "First characters of the lines; one line per character.")
  private String heads = "";

  @Option(
      names = "--poems",
      paramLabel = "N",
      defaultValue = "3",
      description = "Number of poems. Default: ${DEFAULT-VALUE}.")
  private int poems;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "Keep the model in this file; if the file exists, use its model instead of training.")
  private @Nullable Path model;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Random seed; the same seed produces the same poems. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  /** For picocli. */
  public PoemCommand() {}

  @Override
  public Integer call() throws IOException {
    Corpus corpus = Corpus.read(Objects.requireNonNull(file));
    requireKnown(corpus); // before a minute of training
    CharRnn charRnn = compute.charRnn();
    if (model != null) {
      if (!Files.exists(model)) {
        train(charRnn, corpus, model);
      }
      write(charRnn, corpus, model);
      return 0;
    }
    try (TemporaryFolder folder = TemporaryFolder.create("charrnn-poem")) {
      Path temporary = folder.path().resolve("poem.ckpt");
      train(charRnn, corpus, temporary);
      write(charRnn, corpus, temporary);
    }
    return 0;
  }

  private void requireKnown(Corpus corpus) {
    if (heads.isEmpty()) {
      throw new InvalidOptionException("heads", "''", "at least one character");
    }
    heads
        .codePoints()
        .filter(head -> corpus.text().indexOf(head) < 0 || head == '\n')
        .mapToObj(Character::toString)
        .findFirst()
        .ifPresent(head -> {
          throw new InvalidOptionException(
              "heads", "'" + head + "'", "characters that occur in " + corpus.source());
        });
    if (poems < 1) {
      throw new InvalidOptionException("poems", poems, "at least 1");
    }
  }

  private void train(CharRnn charRnn, Corpus corpus, Path place) {
    TrainingConfig config =
        PoemExample.config().toBuilder()
            .run(it -> it.seed(seed))
            .sample(it -> it.prompt(first(heads)).length(0))
            .build();
    try (Trainer trainer = charRnn.trainer(corpus, config);
        TrainingDisplay display = TrainingDisplay.of(out(), err())) {
      trainer.run(place, display);
    }
  }

  private void write(CharRnn charRnn, Corpus corpus, Path place) {
    // The model with the lowest validation loss, if there is one.
    try (LanguageModel loaded = charRnn.load(Checkpoint.bestOfRun(place).orElse(place))) {
      PoemExample generator = new PoemExample(loaded, corpus.text());
      for (int i = 0; i < poems; i++) {
        out().printf(Locale.ROOT, "%n%s%n", generator.acrostic(heads, seed + i));
        out().flush();
      }
    }
  }

  private static String first(String text) {
    return Character.toString(text.codePointAt(0));
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
