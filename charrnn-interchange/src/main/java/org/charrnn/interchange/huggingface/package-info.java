/**
 * Folders as Hugging Face's libraries read them: weights in safetensors, configuration, tokenizer,
 * a model in plain PyTorch, and a model card.
 *
 * <p>Input: a saved model. Output: the folder; and the way back, from such a folder or from any
 * safetensors file with the names of PyTorch's recurrent layers.
 */
@NullMarked
package org.charrnn.interchange.huggingface;

import org.jspecify.annotations.NullMarked;
