/**
 * Requests for generated text, and results.
 *
 * <p>Input: a {@link org.charrnn.text.generation.GenerationRequest} with a {@link
 * org.charrnn.text.generation.Prompt} and a {@link org.charrnn.text.generation.Decoding}, immutable
 * and checked. Output: {@link org.charrnn.text.generation.GeneratedText}. {@link
 * org.charrnn.text.LanguageModel} turns the one into the other.
 */
@NullMarked
package org.charrnn.text.generation;

import org.jspecify.annotations.NullMarked;
