package org.charrnn.serve.models;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.api.Tokenizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.serve.http.ApiException;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.generation.Prompt;

/**
 * A model with what requests need to know of it.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param id the name that requests select it by
 * @param model the model
 * @param created when it was saved
 * @param prefixes its states after recent prompts
 */
public record LoadedModel(String id, LanguageModel model, Instant created, PrefixCache prefixes) {

  /**
   * {@return the ids of a text}
   *
   * @param text the text
   */
  public int[] ids(String text) {
    return model.encode(Prompt.of(text)).ids();
  }

  /**
   * {@return the text of ids}
   *
   * @param ids ids of the model
   */
  public String text(int[] ids) {
    return join(symbols(ids));
  }

  /**
   * {@return the symbols of ids}
   *
   * @param ids ids of the model
   */
  public List<String> symbols(int[] ids) {
    List<String> symbols = new ArrayList<>(ids.length);
    for (int id : ids) {
      symbols.add(model.vocabulary().symbol(id));
    }
    return symbols;
  }

  /**
   * {@return the text of symbols}
   *
   * @param symbols the symbols, in order
   */
  public String join(List<String> symbols) {
    return tokenizer().join(symbols);
  }

  private Tokenizer tokenizer() {
    return Plugins.tokenizers().get(model.config().model().tokenizer());
  }

  /**
   * {@return a prompt of ids}
   *
   * @param field the field of the request, for the error
   * @param ids ids of the model
   */
  public Prompt prompt(String field, int[] ids) {
    for (int id : ids) {
      symbol(field, id);
    }
    return new Prompt.Encoded(text(ids), ids, List.of(), model.vocabulary());
  }

  /**
   * {@return the symbol of an id}
   *
   * @param field the field of the request, for the error
   * @param id an id of the model
   */
  public String symbol(String field, int id) {
    if (id < 0 || id >= model.vocabulary().size()) {
      throw ApiException.field(
          field,
          String.format(
              Locale.ROOT,
              "'%s' has the id %d; those of this model are 0 to %d.",
              field,
              id,
              model.vocabulary().size() - 1));
    }
    return model.vocabulary().symbol(id);
  }
}
