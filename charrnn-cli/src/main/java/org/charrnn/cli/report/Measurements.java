package org.charrnn.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.cli.record.MeasuredSamples;
import org.charrnn.cli.record.RunFacts;
import org.charrnn.cli.record.Surprisals;
import org.charrnn.text.Trainer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.evaluation.TextMeasures;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;

/**
 * The measurements of a model that a page shows for each save.
 *
 * @param trainer the trainer of the model
 * @param corpus the training text
 */
record Measurements(Trainer trainer, Corpus corpus) {

  /** Counting the n-grams of a longer text would delay training by more than a few seconds. */
  private static final long MAX_COUNTED = 3_000_000;

  /** The smallest number of which 95 percent are fewer than all. */
  private static final int SAMPLES = 20;

  private static final int SAMPLE_LENGTH = 100;
  private static final int SURPRISALS = 500;
  private static final int EXPECTED_SYMBOLS = 4;

  /** The facts with the losses of n-gram models, or the reason why they are unknown. */
  RunFacts withBaseline(RunFacts facts) {
    if (facts.heldOutCharacters() < 2) {
      return facts.with(List.of(), "no text is held out");
    }
    if (facts.trainingCharacters() > MAX_COUNTED) {
      return facts.with(
          List.of(),
          String.format(
              Locale.ROOT,
              "not measured: the text has more than %,d characters; run 'charrnn baseline'",
              MAX_COUNTED));
    }
    try {
      return trainer
          .baseline(Baseline.USUAL_ORDER)
          .map(facts::with)
          .orElseGet(() -> facts.with(List.of(), "no text is held out"));
    } catch (CorpusException e) { // too many n-grams for the available memory
      return facts.with(List.of(), String.valueOf(e.getMessage()));
    }
  }

  /** Statistics of generated texts, compared with the training text if it is in memory. */
  MeasuredSamples samples(long step, int epoch) {
    GenerationRequest request =
        new GenerationRequest(
            trainer.plan().config().sample().prompt().orElseThrow(),
            SAMPLE_LENGTH,
            Sampler.standard(),
            trainer.plan().config().run().seed());
    List<String> texts = new ArrayList<>();
    trainer.model().generateMany(request, SAMPLES, text -> texts.add(text.continuation()));
    TextMeasures measures =
        corpus instanceof Corpus.InMemory
            ? TextMeasures.of(texts, corpus.text().codePoints())
            : TextMeasures.of(texts);
    return MeasuredSamples.of(step, epoch, measures);
  }

  /** The surprisals at the start of the held-out text. */
  Surprisals surprisals(long step) {
    return new Surprisals(step, trainer.surprisals(SURPRISALS, EXPECTED_SYMBOLS));
  }
}
