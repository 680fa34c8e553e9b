/**
 * The essay example: a corpus of Chinese essays about choice, and what there is to say about it.
 *
 * <p>Before this room stands {@code essays.txt}, after it the command line, which trains on it and
 * shows its figures.
 */
@NullMarked
package org.charrnn.examples.essay;

import org.jspecify.annotations.NullMarked;
