package org.charrnn.interchange.huggingface;

import java.util.Locale;
import java.util.Optional;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.TrainingConfig;

/** The README of an exported folder, with the head that Hugging Face's hub reads. */
final class ModelCard {

  private ModelCard() {}

  static String of(SavedModel model) {
    TrainingConfig config = model.config();
    ModelConfig parts = config.model();
    long parameters =
        model.tensors().values().stream().mapToLong(it -> it.shape().elements()).sum();
    return String.format(
        Locale.ROOT,
        """
        ---
        library_name: charrnn
        pipeline_tag: text-generation
        tags:
        - character-level
        - recurrent
        ---

        # Character-level language model

        | | |
        |---|---|
        | cell | %s |
        | layers | %d |
        | hidden size | %d |
        | embedding | %s |
        | vocabulary | %d characters |
        | parameters | %d |
        %s

        Exported from charrnn, without the state of its training. `model.safetensors` has the names and
        layouts of PyTorch. A text is a sequence of code points; a character outside of the vocabulary is an
        error.

        ```python
        from transformers import AutoModelForCausalLM, AutoTokenizer

        model = AutoModelForCausalLM.from_pretrained(".", trust_remote_code=True)
        tokenizer = AutoTokenizer.from_pretrained(".", trust_remote_code=True)
        ids = tokenizer(%s, return_tensors="pt").input_ids
        print(tokenizer.decode(model.generate(ids, do_sample=False, max_new_tokens=100)[0]))
        ```

        Without transformers, with torch and safetensors alone:

        ```python
        from modeling_charrnn import load, write

        print(write(*load("."), %s, 100))
        ```
        """,
        parts.cell(),
        parts.layers(),
        parts.hiddenSize(),
        parts.embeddingColumns() == 0
            ? "none, the first layer reads one-hot vectors"
            : parts.embeddingColumns() + (parts.tieWeights() ? ", also the output weights" : ""),
        model.vocabulary().size(),
        parameters,
        training(model),
        prompt(model),
        prompt(model));
  }

  /** The rows about its training; defaults of a configuration that is not known are none. */
  private static String training(SavedModel model) {
    Optional<SavedModel.Origin> origin = model.origin();
    if (origin.isPresent()
        && origin.get()
            instanceof SavedModel.Origin.Imported(String format, boolean configurationKnown)
        && !configurationKnown) {
      return String.format(Locale.ROOT, "| training | unknown; imported from %s |", format);
    }
    TrainingConfig config = model.config();
    StringBuilder rows = new StringBuilder();
    rows.append(
        String.format(
            Locale.ROOT,
            "| optimizer | %s |\n| window | %d characters, batches of %d |\n| epochs | %d |",
            config.optimizer().name(),
            config.windows().seqLength(),
            config.windows().batchSize(),
            config.run().epochs()));
    origin
        .flatMap(SavedModel.Origin::asRun)
        .ifPresent(run -> {
          rows.append(String.format(Locale.ROOT, "\n| steps | %d |", run.step()));
          run.heldOutNats()
              .ifPresent(nats ->
                  rows.append(
                      String.format(
                          Locale.ROOT,
                          "\n| loss on held-out text | %.4f nats per character, perplexity %.2f |",
                          nats,
                          Math.exp(nats))));
        });
    return rows.toString();
  }

  /** A prompt of one character, as a literal of Python. */
  private static String prompt(SavedModel model) {
    for (int id = 0; id < model.vocabulary().size(); id++) {
      String symbol = model.vocabulary().symbol(id);
      if (symbol.codePoints().allMatch(Character::isLetterOrDigit)) {
        return "\"" + symbol + "\"";
      }
    }
    StringBuilder literal = new StringBuilder("\"");
    model
        .vocabulary()
        .symbol(0)
        .codePoints()
        .forEach(point -> literal.append(String.format(Locale.ROOT, "\\U%08x", point)));
    return literal.append('"').toString();
  }
}
