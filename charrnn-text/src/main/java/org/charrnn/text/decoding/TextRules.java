package org.charrnn.text.decoding;

import java.util.function.Predicate;

/**
 * What a request asks of a text besides how its symbols are chosen.
 *
 * @param length the maximum number of ids after the prompt
 * @param stops whether a hypothesis ends with its last id
 * @param bias is added to the scores of the model
 * @param logProbabilities whether to compute the log-probability of each id
 * @param alternatives how many of the most probable ids to list for each
 */
public record TextRules(
    int length,
    Predicate<Hypothesis> stops,
    Bias bias,
    boolean logProbabilities,
    int alternatives) {}
