package org.charrnn.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.charrnn.api.Plugins;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Session;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.Fixed;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.Setting;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.encoding.EncodedText;

/**
 * A run that begins with the parameters of a model which learnt from another text; everything else
 * begins anew.
 *
 * @param file where the model is
 * @param saved the model
 * @param newSymbols what happens to symbols that it does not know
 */
record FineTuning(Path file, SavedModel saved, NewSymbols newSymbols) {

  TrainingSetup begin(Supplier<Session> sessions, Corpus corpus, TrainingConfig config) {
    Setting.requireSame(
        Fixed.Scope.PARAMETERS,
        saved.config(),
        config,
        "as in the model that training starts from");
    Tokenizer tokenizer = Plugins.tokenizers().get(config.model().tokenizer());
    Vocabulary vocabulary = vocabulary(corpus, tokenizer, config.model());
    return TrainingSetup.assembled(
        sessions,
        TrainingText.of(corpus, config, vocabulary),
        _ -> {},
        (text, model, _) -> fill(text.config(), model));
  }

  private Vocabulary vocabulary(Corpus corpus, Tokenizer tokenizer, ModelConfig model) {
    try (EncodedText text = EncodedText.of(corpus, tokenizer, model.vocabularyOrder())) {
      Vocabulary extended = saved.vocabulary().extendedBy(text.vocabulary());
      List<String> added = saved.vocabulary().describeAdded(extended);
      if (newSymbols == NewSymbols.REFUSE && !added.isEmpty()) {
        throw new CorpusException(
            corpus.source(),
            String.format(
                Locale.ROOT,
                "the model in %s does not know %d of its symbols: %s. Let it get to know them with newSymbols extend, or take them out of the text.",
                file,
                added.size(),
                Vocabulary.listed(added)),
            null);
      }
      return extended;
    }
  }

  private Progress fill(TrainingConfig config, DeviceModel model) {
    Map<String, HostTensor> learnt = saved.tensors();
    ModelFactory.requireFit(
        file,
        saved.config().model(),
        ModelFactory.shapes(saved.config().model(), saved.vocabulary().size()),
        learnt);
    SeededRandom random = new SeededRandom(config.run().seed());
    model.initialize(random, config.model().initialDeviation());
    model.write(ParameterTransfer.into(model.read(), learnt));
    return Progress.none(random.state());
  }
}
