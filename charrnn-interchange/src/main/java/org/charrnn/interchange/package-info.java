/**
 * Models of charrnn in the formats of other libraries, and theirs here.
 *
 * <p>Input: a checkpoint, or a file or folder of another library. Output: the other one of the two.
 * {@link org.charrnn.interchange.Interchange} is where to start. Nothing is converted that cannot
 * be converted exactly: what has no counterpart is refused by name.
 */
@NullMarked
package org.charrnn.interchange;

import org.jspecify.annotations.NullMarked;
