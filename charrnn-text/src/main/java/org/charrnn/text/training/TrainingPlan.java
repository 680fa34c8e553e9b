package org.charrnn.text.training;

import java.util.Optional;
import org.charrnn.text.config.TrainingConfig;

/**
 * What a training run is going to do, as far as the text and the configuration determine it.
 *
 * @param config the configuration; {@code begin} is filled in
 * @param vocabularySize the number of symbols
 * @param parameters the number of numbers that are learnt
 * @param trainingCharacters how many characters are learnt from
 * @param heldOutCharacters how many are held out
 * @param testCharacters how many are set aside for the end
 * @param windowsPerEpoch the windows of one pass; a step takes one, or as many as {@code
 *     accumulate} says
 * @param totalSteps the steps until the end, those of before a resumption included
 * @param startStep the steps before this run; 0 unless it is resumed
 * @param runId the id of the run, which its files contain; empty for a run of a version that had
 *     none
 */
public record TrainingPlan(
    TrainingConfig config,
    int vocabularySize,
    long parameters,
    long trainingCharacters,
    long heldOutCharacters,
    long testCharacters,
    int windowsPerEpoch,
    long totalSteps,
    long startStep,
    Optional<String> runId) {}
