package org.charrnn.cli.options;

import org.charrnn.text.config.DocumentConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where documents start in the text. */
public final class DocumentOptions {

  private static final String NONE = "none";

  @Option(
      names = "--document-begin",
      paramLabel = "SYMBOL",
      description =
          "The character that starts each document of the text, for example ^; samples start with it. 'none' for none.")
  private @Nullable String documentBegin;

  @Option(
      names = "--document-separator",
      paramLabel = "NAME",
      description = "The separator between documents: blank-line, or none.")
  private @Nullable String documentSeparator;

  @Option(
      names = "--reset-at-documents",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Read each document from a zero state, as if it were the only one, also in evaluation and generation.")
  private @Nullable Boolean resetAtDocuments;

  /** Creates the group without values; picocli sets them. */
  public DocumentOptions() {}

  /** Sets the values that were given. */
  public void applyTo(DocumentConfig.Builder config) {
    Given.apply(documentBegin, begin -> applyBegin(config, begin));
    Given.apply(
        documentSeparator,
        name ->
            config.documentSeparator(
                Named.of("documentSeparator", DocumentConfig.Separator.class, name)));
    Given.apply(resetAtDocuments, config::resetAtDocuments);
  }

  private static void applyBegin(DocumentConfig.Builder config, String begin) {
    if (begin.equals(NONE)) {
      config.noDocumentBegin();
    } else {
      config.documentBegin(begin);
    }
  }
}
