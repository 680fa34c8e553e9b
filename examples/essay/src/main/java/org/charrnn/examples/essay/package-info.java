/**
 * The essay example. Input: {@code essays.txt}, a corpus of Chinese essays about choice. Output: a
 * model trained on it, generated essays, and statistics of both, as a command of the command line.
 */
@NullMarked
package org.charrnn.examples.essay;

import org.jspecify.annotations.NullMarked;
