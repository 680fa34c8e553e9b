package org.charrnn.text.config;

import java.util.Optional;
import org.charrnn.text.config.annotation.Fixed;

/**
 * Where documents start in the text, and whether the state is reset there.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param documentBegin the symbol that starts each document, such as {@code ^}; samples start with
 *     it unless a prompt is given
 * @param documentSeparator the separator between documents
 * @param resetAtDocuments whether the state is zero where a document starts, in training, in
 *     evaluation and in generation, so that a model reads each document as if it were the only one
 */
public record DocumentConfig(
    @Fixed(Fixed.Scope.RUN) Optional<String> documentBegin,
    @Fixed(Fixed.Scope.RUN) Separator documentSeparator,
    @Fixed(Fixed.Scope.RUN) boolean resetAtDocuments) {

  /**
   * Checks that there are documents to reset at.
   *
   * @throws InvalidOptionException if there are none, or the begin symbol is empty
   */
  public DocumentConfig {
    if (documentBegin.isPresent() && documentBegin.get().isEmpty()) {
      throw new InvalidOptionException("documentBegin", "''", "one symbol of the text");
    }
    if (resetAtDocuments && documentBegin.isEmpty() && documentSeparator == Separator.NONE) {
      throw new InvalidOptionException(
          "resetAtDocuments",
          true,
          "false, unless documentBegin or documentSeparator says where documents start");
    }
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.documentBegin = documentBegin;
    builder.documentSeparator = documentSeparator;
    builder.resetAtDocuments = resetAtDocuments;
    return builder;
  }

  /**
   * Builds a {@link DocumentConfig}; each method sets the component of its name. By default the
   * text is one document. {@link TrainingConfig.Builder#build} reports values that exclude one
   * another.
   */
  public static final class Builder {

    private Optional<String> documentBegin = Optional.empty();
    private Separator documentSeparator = Separator.NONE;
    private boolean resetAtDocuments;

    Builder() {}

    /**
     * Sets the symbol that starts each document.
     *
     * @param value one symbol of the text, such as {@code ^}
     * @return this builder
     */
    public Builder documentBegin(String value) {
      documentBegin = Optional.of(value);
      return this;
    }

    /**
     * Removes the symbol that starts each document.
     *
     * @return this builder
     */
    public Builder noDocumentBegin() {
      documentBegin = Optional.empty();
      return this;
    }

    /**
     * Sets the separator between documents.
     *
     * @param value by default none
     * @return this builder
     */
    public Builder documentSeparator(Separator value) {
      documentSeparator = value;
      return this;
    }

    /**
     * Sets whether the state is zero where a document starts.
     *
     * @param value by default false; true requires a begin symbol or a separator
     * @return this builder
     */
    public Builder resetAtDocuments(boolean value) {
      resetAtDocuments = value;
      return this;
    }

    DocumentConfig build() {
      return new DocumentConfig(documentBegin, documentSeparator, resetAtDocuments);
    }
  }

  /** The separator of the documents of a text. */
  public enum Separator {
    /** None that can be distinguished from the text. */
    NONE,
    /** At least one line without any character, not even a space. */
    BLANK_LINE
  }
}
