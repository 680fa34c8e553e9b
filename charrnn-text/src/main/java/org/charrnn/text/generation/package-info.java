/**
 * What to write, and how the next symbol is chosen: descriptions, immutable and checked.
 *
 * <p>Before this room stands the user, or a command line, with a {@link
 * org.charrnn.text.generation.GenerationRequest}; after it stand the decoders, which follow its
 * {@link org.charrnn.text.generation.Decoding} on the scores that a model gives, and a {@link
 * org.charrnn.text.generation.GeneratedText}. {@link org.charrnn.text.LanguageModel} brings them
 * together. Nothing here changes a model.
 */
@NullMarked
package org.charrnn.text.generation;

import org.jspecify.annotations.NullMarked;
