package org.charrnn.text.rounds;

import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.TextFile;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.TextIndex;

/**
 * A text in a file that another process has indexed: a worker reads the pieces of the file that
 * have its part of the text.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class StreamedText implements PartText, AutoCloseable {

  private final TextFile file;
  private final Ids ids;

  private StreamedText(TextFile file, Ids ids) {
    this.file = file;
    this.ids = ids;
  }

  /**
   * Opens a text.
   *
   * @param index the {@link PartText#index} of the text
   * @param vocabulary the symbols of the text
   * @param tokenizer the tokenizer of the vocabulary
   * @param corpus the text
   * @return the open text
   * @throws CorpusException if the file cannot be opened
   */
  public static StreamedText open(
      Corpus.InFile corpus, TextIndex index, Vocabulary vocabulary, Tokenizer tokenizer) {
    TextFile file = corpus.open();
    return new StreamedText(file, Ids.of(file, index, vocabulary, tokenizer));
  }

  @Override
  public long length() {
    return ids.length();
  }

  @Override
  public Reader reader(int readers) {
    return ids.reader(readers)::read;
  }

  /** Closes the file. */
  @Override
  public void close() {
    file.close();
  }
}
