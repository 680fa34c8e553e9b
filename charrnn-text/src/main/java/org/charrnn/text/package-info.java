/**
 * From a file to a trained model, and from a model back to text: corpus, vocabulary, windows,
 * training, checkpoints and generation.
 *
 * <p>It names no plugin: cells, optimizers and accelerators are asked for by name, or by priority,
 * through {@code org.charrnn.api}.
 */
@NullMarked
package org.charrnn.text;

import org.jspecify.annotations.NullMarked;
