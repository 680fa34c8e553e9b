/**
 * The files of the folder of a run: its configuration and facts, metrics, samples, surprisals.
 *
 * <p>Input: the events of a training, and files that an earlier, perhaps damaged run left. Output:
 * files, and a {@link org.charrnn.cli.record.Run} that is read from them. Memory does not grow with
 * the length of a run: curves keep means of more and more steps.
 */
@NullMarked
package org.charrnn.cli.record;

import org.jspecify.annotations.NullMarked;
