package org.charrnn.text.training;

import java.util.Optional;

/**
 * The report of an epoch, a pass over the training text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param epoch its number, from 1
 * @param step the number of steps so far
 * @param training the mean loss of its windows, each before its update
 * @param validation the loss on the text that is held out; empty if there is none
 */
public record EpochReport(int epoch, long step, Loss training, Optional<Loss> validation) {}
