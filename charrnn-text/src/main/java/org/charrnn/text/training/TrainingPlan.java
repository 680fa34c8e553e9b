package org.charrnn.text.training;

import java.util.Optional;
import org.charrnn.text.config.TrainingConfig;

/**
 * The sizes and the number of steps of a training run, as its text and configuration determine
 * them.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param config the configuration; the prompt of the samples and the defaults of the optimizer are
 *     set
 * @param vocabularySize the number of symbols
 * @param parameters the number of trainable parameters
 * @param trainingCharacters the number of training characters
 * @param heldOutCharacters the number of held-out characters
 * @param testCharacters the number of characters set aside for the end
 * @param windowsPerEpoch the windows of an epoch, of each worker if there are parts for workers; a
 *     step reads one, or as many as {@code accumulate} says
 * @param totalSteps the steps until the end, those before a resumption included
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
