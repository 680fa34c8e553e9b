package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Trainer;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Vocabulary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A training that begins with a model which learnt from another text. */
final class FineTuneOptions {

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description =
          "Begin with what this model has learnt from another text. It is only read; its sizes are taken over."
              + " Has no effect with --resume.")
  private @Nullable Path from;

  @Option(
      names = "--new-symbols",
      paramLabel = "WAY",
      description =
          "What to do about characters of CORPUS that the model given with --from does not know: extend, so that it"
              + " gets to know them, or refuse. Default: extend.")
  private @Nullable String newSymbols;

  boolean isWanted() {
    if (from == null && newSymbols != null) {
      throw new InvalidOptionException("newSymbols", newSymbols, "left away without --from");
    }
    return from != null;
  }

  /** A configuration with what the model is made of. */
  TrainingConfig over(TrainingConfig base) {
    way();
    return isWanted()
        ? base.toBuilder()
            .model(Checkpoint.readModel(Required.required(from)).config().model())
            .build()
        : base;
  }

  /** Begins the training, and says what the model gets to know. */
  Trainer trainer(CharRnn charRnn, Corpus corpus, TrainingConfig config, PrintWriter err) {
    Path model = Required.required(from);
    Vocabulary before = Checkpoint.readModel(model).vocabulary();
    Trainer trainer = charRnn.fineTune(model, corpus, config, way());
    List<String> added = before.describeAdded(trainer.model().vocabulary());
    err.println(
        added.isEmpty()
            ? "charrnn: begins with %s, which knows all characters".formatted(model)
            : "charrnn: begins with %s, which gets to know %d new characters: %s"
                .formatted(model, added.size(), Vocabulary.listed(added)));
    return trainer;
  }

  private NewSymbols way() {
    String typed = newSymbols == null ? "extend" : newSymbols;
    return switch (typed.toLowerCase(Locale.ROOT)) {
      case "extend" -> NewSymbols.EXTEND;
      case "refuse" -> NewSymbols.REFUSE;
      default -> throw new InvalidOptionException("newSymbols", typed, "extend or refuse");
    };
  }
}
