package org.charrnn.text.training;

import java.util.Optional;

/**
 * What one pass over the text did.
 *
 * @param epoch its number, from 1
 * @param step the steps made so far
 * @param training the mean loss of its windows, each before its update
 * @param validation the loss on the text that is held out; empty if none is
 */
public record EpochReport(int epoch, long step, Loss training, Optional<Loss> validation) {}
