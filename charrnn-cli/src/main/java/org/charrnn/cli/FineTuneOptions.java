package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.charrnn.cli.options.Required;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A training that starts from a model trained on another text. */
final class FineTuneOptions {

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description =
          "Start from the parameters of this model, which was trained on another text. It is only"
              + " read; its sizes are used. Has no effect with --resume.")
  private @Nullable Path from;

  @Option(
      names = "--new-symbols",
      paramLabel = "WAY",
      description =
          "How to handle characters of CORPUS that are not in the vocabulary of the model given"
              + " with --from: extend adds them, refuse refuses the text. Default: extend.")
  private @Nullable String newSymbols;

  boolean isWanted() {
    if (from == null && newSymbols != null) {
      throw new InvalidOptionException(
          "newSymbols", newSymbols, "omitted; it has no effect without --from");
    }
    return from != null;
  }

  /** The configuration with the architecture of the model to start from. */
  TrainingConfig over(TrainingConfig base) {
    way();
    return isWanted()
        ? base.toBuilder()
            .model(Checkpoint.readModel(Required.required(from)).config().model())
            .build()
        : base;
  }

  /** Opens the trainer, and reports the characters that are added to the vocabulary. */
  Trainer trainer(CharRnn charRnn, Corpus corpus, TrainingConfig config, PrintWriter err) {
    Path model = Required.required(from);
    Vocabulary before = Checkpoint.readModel(model).vocabulary();
    Trainer trainer = charRnn.fineTune(model, corpus, config, way());
    List<String> added = before.describeAdded(trainer.model().vocabulary());
    err.println(
        added.isEmpty()
            ? String.format(
                Locale.ROOT,
                "charrnn: starting from %s, whose vocabulary has all characters",
                VisibleText.inLine(model))
            : String.format(
                Locale.ROOT,
                "charrnn: starting from %s; adds %d new characters to its vocabulary: %s",
                VisibleText.inLine(model),
                added.size(),
                Vocabulary.listed(added)));
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
