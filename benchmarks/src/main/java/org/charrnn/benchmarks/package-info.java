/**
 * Measures training and generation end to end.
 *
 * <p>Before this room stands the command line, which finds the command "bench" as a service, or a
 * script that runs it by itself; after it stands a line of JSON, from which {@code compare.sh}
 * makes tables.
 */
@NullMarked
package org.charrnn.benchmarks;

import org.jspecify.annotations.NullMarked;
