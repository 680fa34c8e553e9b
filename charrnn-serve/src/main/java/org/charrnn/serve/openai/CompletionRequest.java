package org.charrnn.serve.openai;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.Prompt;

/**
 * A request for completions.
 *
 * @param model the name of the model; empty for the first one
 * @param prompts the texts to continue, at least one
 * @param maxTokens the maximum number of symbols after each prompt
 * @param decoding how symbols are chosen
 * @param n the number of completions of each prompt
 * @param bestOf how many completions the {@code n} most probable ones are chosen from
 * @param stops strings before which a completion ends
 * @param bias numbers that are added to the scores of symbols, by id
 * @param seed determines all random choices; empty for a random seed
 * @param logprobs how many of the most probable symbols to list for each symbol
 * @param echo whether to return the prompt too
 * @param stream whether to send each symbol as soon as it is chosen
 * @param includeUsage whether a stream ends with the numbers of symbols
 * @param unknown how to handle characters of the prompt that are not in the vocabulary
 * @param session whether to return the state after each completion, and the one to continue
 */
record CompletionRequest(
    Optional<String> model,
    List<PromptField> prompts,
    int maxTokens,
    Decoding decoding,
    int n,
    int bestOf,
    List<String> stops,
    Map<Integer, Double> bias,
    OptionalLong seed,
    OptionalInt logprobs,
    boolean echo,
    boolean stream,
    boolean includeUsage,
    Prompt.UnknownSymbols unknown,
    SessionField session) {

  /**
   * The field {@code session}: {@code true}, or what an earlier answer returned.
   *
   * @param returned whether to return the state after each completion
   * @param carried the session to continue; empty to begin one
   */
  record SessionField(boolean returned, Optional<String> carried) {}

  /** A prompt in one of the two forms of OpenAI's API. */
  sealed interface PromptField {

    /** A text. */
    record Text(String text) implements PromptField {}

    /** The ids of symbols. */
    record Ids(List<Integer> ids) implements PromptField {}
  }
}
