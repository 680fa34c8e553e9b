/**
 * Reasons of input and output failures in words.
 *
 * <p>Input: an {@link java.io.IOException}. Output: the clause of a message. Only the command line
 * imports this package; {@link org.charrnn.text.checkpoint.OutputException#reason} is for others.
 */
@NullMarked
package org.charrnn.text.files;

import org.jspecify.annotations.NullMarked;
