package org.charrnn.text.decoding;

import java.util.List;

/**
 * An id that extends a hypothesis.
 *
 * @param id the id
 * @param logProbability under the model; 0 unless computed
 * @param alternatives the most probable ids in its place, as many as requested, the most probable
 *     first
 */
public record ChosenId(int id, double logProbability, List<ScoredId> alternatives) {}
