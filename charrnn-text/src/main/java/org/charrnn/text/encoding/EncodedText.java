package org.charrnn.text.encoding;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.TextFile;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;

/**
 * A text as ids. The ids of a text in memory are in memory. A text in a file is read once from
 * beginning to end, which detects all problems, and from then on wherever ids are read. Both give
 * the same ids, vocabulary and fingerprint.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class EncodedText implements AutoCloseable {

  private static final int PIECE_BYTES = 1 << 18;

  private final Vocabulary vocabulary;
  private final Ids ids;
  private final String fingerprint;
  private final Optional<InFile> inFile;

  /** The file of a text, and places in it. */
  private record InFile(TextFile file, TextIndex index) {}

  private EncodedText(Vocabulary vocabulary, Ids ids, String fingerprint, Optional<InFile> inFile) {
    this.vocabulary = vocabulary;
    this.ids = ids;
    this.fingerprint = fingerprint;
    this.inFile = inFile;
  }

  /**
   * Encodes a text with the vocabulary of its own symbols.
   *
   * @throws CorpusException if it cannot be read, is empty, or is not UTF-8
   */
  public static EncodedText of(Corpus corpus, Tokenizer tokenizer, Vocabulary.Order order) {
    SymbolCounter counter = SymbolCounter.of(tokenizer);
    return switch (corpus) {
      case Corpus.InMemory text -> {
        counter.count(text.text());
        yield inMemory(text, tokenizer, Vocabulary.of(counter.entries(), order));
      }
      case Corpus.InFile file ->
          inFile(file, tokenizer, counter::count, () -> Vocabulary.of(counter.entries(), order));
    };
  }

  /**
   * Encodes a text with a given vocabulary.
   *
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws CorpusException if it cannot be read, is empty, or is not UTF-8
   */
  public static EncodedText of(Corpus corpus, Tokenizer tokenizer, Vocabulary vocabulary) {
    Encoder encoder = new Encoder(vocabulary, tokenizer);
    return switch (corpus) {
      case Corpus.InMemory text -> inMemory(text, tokenizer, vocabulary);
      case Corpus.InFile file ->
          inFile(file, tokenizer, piece -> encoder.encode(piece).length, () -> vocabulary);
    };
  }

  private static EncodedText inMemory(
      Corpus.InMemory corpus, Tokenizer tokenizer, Vocabulary vocabulary) {
    Ids ids = Ids.of(new Encoder(vocabulary, tokenizer).encode(corpus.text()));
    return new EncodedText(vocabulary, ids, corpus.fingerprint(), Optional.empty());
  }

  private static EncodedText inFile(
      Corpus.InFile place,
      Tokenizer tokenizer,
      ToLongFunction<String> symbols,
      Supplier<Vocabulary> vocabulary) {
    TextFile file = place.open();
    try {
      SeekPoints marks = new SeekPoints();
      Hasher hasher = Hashing.sha256().newHasher();
      TextPieces pieces = new TextPieces(file, tokenizer, PIECE_BYTES, SeekPoint.BEGINNING);
      long length = 0;
      while (true) {
        SeekPoint mark = pieces.mark();
        String piece = pieces.next();
        if (piece == null) {
          break;
        }
        marks.offer(length, mark);
        hasher.putString(piece, StandardCharsets.UTF_8);
        length += symbols.applyAsLong(piece);
      }
      if (length == 0) {
        throw file.empty();
      }
      Vocabulary complete = vocabulary.get();
      TextIndex index = marks.index(length);
      Ids ids = Ids.of(file, index, complete, tokenizer);
      return new EncodedText(
          complete, ids, hasher.hash().toString(), Optional.of(new InFile(file, index)));
    } catch (RuntimeException | OutOfMemoryError e) {
      file.close();
      throw e;
    }
  }

  /** The symbols and their ids. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The ids, which can be read until this text is closed. */
  public Ids ids() {
    return ids;
  }

  /** Places in the file of the text; empty if the text is in memory. */
  public Optional<TextIndex> index() {
    return inFile.map(InFile::index);
  }

  /** The {@linkplain Corpus#fingerprint fingerprint} of the corpus. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Closes the file, if there is one. Closing twice does nothing. */
  @Override
  public void close() {
    inFile.ifPresent(it -> it.file().close());
  }
}
