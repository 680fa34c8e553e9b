/**
 * From a file to a trained model, and from a model to text: {@link org.charrnn.text.CharRnn} is the
 * entry point.
 *
 * <p>{@link org.charrnn.text.corpus} reads a file, which is encoded as ids and cut into windows as
 * {@link org.charrnn.text.config} says; a {@link org.charrnn.text.Trainer} trains on them and
 * reports to the listener of {@link org.charrnn.text.training}; {@link org.charrnn.text.Checkpoint}
 * names the files that it saves; a {@link org.charrnn.text.LanguageModel} generates text as {@link
 * org.charrnn.text.generation} requests it, and answers questions about texts with values of {@link
 * org.charrnn.text.scoring}. Exceptions are next to the classes that throw them.
 *
 * <p>Input: a text, a configuration, and plugins, which are selected by name or by priority through
 * {@code org.charrnn.api}; none is named here. Output: models and texts.
 */
@NullMarked
package org.charrnn.text;

import org.jspecify.annotations.NullMarked;
