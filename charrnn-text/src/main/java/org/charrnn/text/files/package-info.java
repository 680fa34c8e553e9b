/**
 * Reasons of input and output failures in words.
 *
 * <p>Input: an {@link java.io.IOException}. Output: the clause of a message. Not exported; {@link
 * org.charrnn.text.checkpoint.OutputException#reason} gives other modules access.
 */
@NullMarked
package org.charrnn.text.files;

import org.jspecify.annotations.NullMarked;
