/**
 * Texts and their symbols.
 *
 * <p>Input: a UTF-8 file or a string. Output: a {@link org.charrnn.text.corpus.Corpus}, which is
 * what models are trained and evaluated on, and a {@link org.charrnn.text.corpus.Vocabulary}, which
 * maps symbols to ids and is stored in checkpoints.
 *
 * <p>To write a tokenizer: implement {@link org.charrnn.api.Tokenizer}, and declare it for {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package org.charrnn.text.corpus;

import org.jspecify.annotations.NullMarked;
