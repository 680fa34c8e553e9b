package org.charrnn.serve.openai;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.charrnn.api.CharRnnException;
import org.charrnn.serve.http.ApiException;
import org.charrnn.serve.models.LoadedModel;
import org.charrnn.serve.models.PrefixCache;
import org.charrnn.serve.session.Sessions;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.scoring.State;

/**
 * A prompt as a model reads it.
 *
 * @param text its text; that of a session that it continues is not known
 * @param symbols its symbols
 * @param cached how many of them were read before
 * @param prompt what to generate from
 */
record PromptText(String text, List<String> symbols, int cached, Prompt prompt) {

  /** Reads prompts of requests. */
  record Reader(LoadedModel loaded, CompletionRequest request, Sessions sessions) {

    /**
     * A prompt.
     *
     * @throws ApiException if the model does not know its symbols
     */
    PromptText read(CompletionRequest.PromptField field) {
      try {
        return request.session().carried().isPresent()
            ? continued(field, request.session().carried().get())
            : fresh(loaded.model().encode(typed(field)));
      } catch (CharRnnException e) {
        throw ApiException.field("prompt", String.valueOf(e.getMessage()));
      }
    }

    private Prompt typed(CompletionRequest.PromptField field) {
      return switch (field) {
        case CompletionRequest.PromptField.Text(String text) ->
            new Prompt.Typed(text.isEmpty() ? defaultPrompt() : text, request.unknown());
        case CompletionRequest.PromptField.Ids(List<Integer> ids) ->
            loaded.prompt("prompt", ids.stream().mapToInt(Integer::intValue).toArray());
      };
    }

    /** What the samples of the training began with. */
    private String defaultPrompt() {
      return loaded
          .model()
          .config()
          .sample()
          .prompt()
          .orElseThrow(() -> ApiException.field("prompt", "'prompt' is missing."));
    }

    private PromptText continued(CompletionRequest.PromptField field, String session) {
      State state = sessions.open(loaded, session);
      if (field instanceof CompletionRequest.PromptField.Text(String text) && text.isEmpty()) {
        return new PromptText("", List.of(), 0, Prompt.of(state));
      }
      Prompt.Encoded more = loaded.model().encode(typed(field));
      return new PromptText(
          more.text(), loaded.symbols(more.ids()), 0, Prompt.of(state.read(more.text())));
    }

    /**
     * A prompt is read once if it is long or several texts continue it. With rules against
     * repetition each needs the text itself, not only the state after it.
     */
    private PromptText fresh(Prompt.Encoded encoded) {
      List<String> symbols = loaded.symbols(encoded.ids());
      ReadingDirection direction = loaded.model().config().model().direction();
      int[] ids = direction.inReadingOrder(encoded.ids());
      Optional<PrefixCache.Hit> hit = loaded.prefixes().find(ids);
      boolean once = hit.isPresent() || PrefixCache.keeps(ids) || request.bestOf() > 1;
      if (!once || !request.decoding().repetition().equals(Decoding.Repetition.ALLOWED)) {
        return new PromptText(encoded.text(), symbols, 0, encoded);
      }
      int known = hit.map(PrefixCache.Hit::length).orElse(0);
      int[] rest = direction.inReadingOrder(Arrays.copyOfRange(ids, known, ids.length));
      State state =
          hit.isPresent()
              ? hit.get().state().read(loaded.text(rest))
              : loaded.model().start(encoded.text());
      loaded.prefixes().add(ids, state);
      return new PromptText(encoded.text(), symbols, known, Prompt.of(state));
    }
  }

  /** The number of its characters. */
  int characters() {
    return text.codePointCount(0, text.length());
  }
}
