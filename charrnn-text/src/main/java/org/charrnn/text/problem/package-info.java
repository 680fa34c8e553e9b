/**
 * What can go wrong for reasons that lie outside of the program: a file, an option, a text, a disk.
 *
 * <p>Each room of charrnn-text throws these; a command line prints {@link
 * org.charrnn.text.problem.CharRnnException#getMessage()} and ends. A message says what is wrong,
 * where, and what to do about it. Mistakes of a programmer are not among them; they are plain
 * {@link IllegalArgumentException}s.
 */
@NullMarked
package org.charrnn.text.problem;

import org.jspecify.annotations.NullMarked;
