package org.charrnn.text.checkpoint;

import java.util.OptionalDouble;

/**
 * The run and the step that a model was saved at. Two files of the same run have the same run id.
 *
 * @param run the id of the run: equal for runs on the same text with the same initial
 *     configuration, whatever their length
 * @param step the number of steps that the model was trained for
 * @param heldOutNats its loss on the held-out text, in nats per character; empty if it was not
 *     measured
 */
public record Origin(String run, long step, OptionalDouble heldOutNats) {}
