package org.charrnn.cli.report;

import java.util.List;
import java.util.Optional;
import org.charrnn.text.config.TrainingConfig;

/**
 * All that a page about a run shows.
 *
 * @param name what to call it
 * @param config how it was trained
 * @param facts what else is known about it
 * @param history what happened, step by step
 * @param samples what the model wrote at each save, the first one first
 * @param measures figures of what it wrote, likewise
 * @param surprisals how much the held-out text surprisals it
 */
record Run(
    String name,
    TrainingConfig config,
    RunFacts facts,
    RunHistory history,
    List<Sample> samples,
    List<MeasuredSamples> measures,
    Optional<SurprisalSection> surprisals) {
  /** Copies the lists. */
  Run {
    samples = List.copyOf(samples);
    measures = List.copyOf(measures);
  }
}
