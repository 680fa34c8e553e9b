/**
 * Ownership of files by one run, moves that survive a crash, symbolic links, and the reasons of
 * failures in words.
 *
 * <p>Input: a path, or an {@link java.io.IOException}. Output: a lock, or the clause of a message.
 * {@link org.charrnn.text.checkpoint.OutputException#reason} is for programs that use the library.
 */
@NullMarked
package org.charrnn.text.files;

import org.jspecify.annotations.NullMarked;
