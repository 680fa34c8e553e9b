/**
 * Training by several workers, on one machine or on many.
 *
 * <p>A training with {@link org.charrnn.text.config.RoundConfig workers} consists of rounds. In
 * each, every worker starts from the same weights, reads its part of the text, and returns numbers
 * of the size of the weights: the change of the weights after some steps, or one gradient. They are
 * summed in the order of the workers, and the sum changes the weights. Weights, changes and
 * gradients are flat arrays: all parameters of the network in order.
 *
 * <p>Input: a {@link org.charrnn.text.rounds.Round} and the states of the workers. Output: a {@link
 * org.charrnn.text.rounds.RoundResult}, whose numbers do not depend on where or in which order the
 * workers ran. {@link org.charrnn.text.steps.RoundWorker} runs one worker. The {@link
 * org.charrnn.text.Trainer} runs the rounds and does everything else.
 *
 * <p>To run the workers in another place than the threads of one machine: implement {@link
 * org.charrnn.text.rounds.RoundRunners} and give it to {@link
 * org.charrnn.text.CharRnn#withWorkers}. It sends a {@link org.charrnn.text.rounds.WorkerSetup} to
 * the machines once, opens {@link org.charrnn.text.CharRnn#worker a worker} there for each round or
 * keeps it open, gives it its {@linkplain org.charrnn.text.rounds.TextParts part} of the text, and
 * sums the results with {@link org.charrnn.text.rounds.OuterStep#sum}, all at once or slice by
 * slice.
 */
@NullMarked
package org.charrnn.text.rounds;

import org.jspecify.annotations.NullMarked;
