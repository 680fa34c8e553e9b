package org.charrnn.text.generation;

import java.util.OptionalDouble;

/**
 * A symbol that a model generated.
 *
 * @param symbol the symbol; the last one before a stop string may be the first part of one
 * @param logProbability if requested, the natural logarithm of the probability that the model
 *     assigned to it: at temperature 1, before any filter of the decoding
 */
public record GeneratedSymbol(String symbol, OptionalDouble logProbability) {}
