/**
 * From a file to windows of ids.
 *
 * <p>Before this room stands a file of UTF-8 text, or a string; after it stand the trainer, which
 * feeds the {@linkplain org.charrnn.text.corpus.Windows windows} to the training program, and the
 * checkpoint, which keeps the {@linkplain org.charrnn.text.corpus.Vocabulary vocabulary}. The flow:
 * {@link org.charrnn.text.corpus.Corpus} reads, a {@link org.charrnn.api.Tokenizer} splits, a
 * vocabulary turns symbols into ids, {@link org.charrnn.text.corpus.Split} holds some of them out,
 * windows cut the rest.
 *
 * <p>A text in a large file is never in memory as a whole. {@link
 * org.charrnn.text.corpus.EncodedText} reads it once, in pieces that end where the tokenizer lets
 * them, and remembers some places; its {@link org.charrnn.text.corpus.Ids} are then made anew from
 * the file wherever somebody reads. Those of a small text are an array. {@link
 * org.charrnn.text.corpus.Documents} says where documents begin.
 *
 * <p>To write a tokenizer of one's own: implement {@link org.charrnn.api.Tokenizer} as {@link
 * org.charrnn.text.corpus.CodePointTokenizer} does, and declare it for {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package org.charrnn.text.corpus;

import org.jspecify.annotations.NullMarked;
