package org.charrnn.text.config;

import java.util.Optional;
import org.charrnn.text.corpus.DocumentSeparator;

/**
 * Where documents begin in the text, and what becomes of the state there.
 *
 * @param documentBegin the symbol that begins each document, such as {@code ^}; samples begin with
 *     it unless one says otherwise
 * @param documentSeparator what stands between documents
 * @param resetAtDocuments whether the state is zero where a document begins, in training, in
 *     measuring and in writing, so that a model reads each as if there were no other
 */
public record DocumentConfig(
    Optional<String> documentBegin, DocumentSeparator documentSeparator, boolean resetAtDocuments) {

  /** Checks that there are documents to reset at. */
  public DocumentConfig {
    if (documentBegin.isPresent() && documentBegin.get().isEmpty()) {
      throw new InvalidOptionException("documentBegin", "''", "one symbol of the text");
    }
    if (resetAtDocuments
        && documentBegin.isEmpty()
        && documentSeparator == DocumentSeparator.NONE) {
      throw new InvalidOptionException(
          "resetAtDocuments",
          true,
          "false, unless documentBegin or documentSeparator says where documents begin");
    }
  }

  /** A text that is one document. */
  public static DocumentConfig none() {
    return new DocumentConfig(Optional.empty(), DocumentSeparator.NONE, false);
  }
}
