package org.charrnn.cli.record;

import java.util.List;
import java.util.Optional;
import org.charrnn.text.config.TrainingConfig;

/**
 * The data of a page about a run.
 *
 * @param name the name of its folder
 * @param config its configuration
 * @param facts its text, model and accelerator
 * @param history its steps
 * @param samples a generated text for each save, in order
 * @param measures statistics of generated texts for each save, in order
 * @param surprisals the surprisal of the held-out text at the last save
 */
public record Run(
    String name,
    TrainingConfig config,
    RunFacts facts,
    RunHistory history,
    List<Sample> samples,
    List<MeasuredSamples> measures,
    Optional<Surprisals> surprisals) {
  /** Copies the lists. */
  public Run {
    samples = List.copyOf(samples);
    measures = List.copyOf(measures);
  }
}
