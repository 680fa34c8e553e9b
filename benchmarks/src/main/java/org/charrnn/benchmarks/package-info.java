/**
 * Measures training and generation end to end.
 *
 * <p>Input: the options of the command "bench", which the command line finds as a service. Output:
 * one line of JSON per measurement, from which {@code compare.sh} makes tables.
 */
@NullMarked
package org.charrnn.benchmarks;

import org.jspecify.annotations.NullMarked;
