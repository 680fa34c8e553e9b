/**
 * From a file to a trained model, and from a model back to text: {@link org.charrnn.text.CharRnn}
 * is where to begin.
 *
 * <p>The flow: {@link org.charrnn.text.corpus} turns a file into ids and cuts them into windows as
 * {@link org.charrnn.text.config} says; a {@link org.charrnn.text.Trainer} runs the training
 * program over them and tells {@link org.charrnn.text.training}'s listener; {@link
 * org.charrnn.text.checkpoint} keeps the result in a file; a {@link org.charrnn.text.LanguageModel}
 * writes text with it as {@link org.charrnn.text.generation} chooses. What goes wrong on the way is
 * one of {@link org.charrnn.text.problem}.
 *
 * <p>Before this room stand the plugins, none of which is named here: cells, optimizers, tokenizers
 * and accelerators are asked for by name, or by priority, through {@code org.charrnn.api}. After it
 * stands the command line.
 */
@NullMarked
package org.charrnn.text;

import org.jspecify.annotations.NullMarked;
