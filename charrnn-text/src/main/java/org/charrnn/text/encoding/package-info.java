/**
 * From a text to windows of ids. Not exported: the inside of {@link org.charrnn.text.Trainer} and
 * {@link org.charrnn.text.LanguageModel}.
 *
 * <p>Input: a {@link org.charrnn.text.corpus.Corpus} and a {@link org.charrnn.api.Tokenizer}.
 * Output: {@linkplain org.charrnn.text.encoding.Windows windows} of ids for the training program,
 * and the vocabulary. {@link org.charrnn.text.encoding.EncodedText} counts symbols and encodes
 * them, {@link org.charrnn.text.encoding.Split} holds out the end, windows cut the rest. {@link
 * org.charrnn.text.encoding.Documents} finds the symbols at which documents begin.
 *
 * <p>A text in a large file is never in memory as a whole: it is read once in pieces that end where
 * the tokenizer allows, and some positions are remembered. Its {@link
 * org.charrnn.text.encoding.Ids} are then decoded from the file whenever they are read. Those of a
 * small text are an array.
 */
@NullMarked
package org.charrnn.text.encoding;

import org.jspecify.annotations.NullMarked;
