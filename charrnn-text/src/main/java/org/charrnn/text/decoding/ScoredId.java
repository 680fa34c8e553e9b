package org.charrnn.text.decoding;

/** An id and the logarithm of its probability. */
public record ScoredId(int id, double logProbability) {}
