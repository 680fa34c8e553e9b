/**
 * Models as values: the {@linkplain org.charrnn.text.checkpoint.SavedModel contents} of a file that
 * {@link org.charrnn.text.Checkpoint} reads and writes, and the exceptions of such files.
 */
@NullMarked
package org.charrnn.text.checkpoint;

import org.jspecify.annotations.NullMarked;
