package org.charrnn.text.generation;

import java.util.OptionalDouble;

/**
 * A symbol that was written.
 *
 * @param symbol the symbol; the last one before a stop string may be the first part of one
 * @param logProbability if that was asked for, the logarithm of the probability that the model gave
 *     it, in nats, whatever the decoding made of it: at temperature 1, nothing left out
 */
public record GeneratedSymbol(String symbol, OptionalDouble logProbability) {}
