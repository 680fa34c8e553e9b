package org.charrnn.serve.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One completion, or a part of one in a stream.
 *
 * @param index its number among the completions of the request
 * @param text the text
 * @param logprobs if requested, the log-probabilities of its symbols
 * @param finishReason why it ends; empty while it does not
 * @param session if requested, the state after it
 */
record Choice(
    int index,
    String text,
    Optional<LogProbs> logprobs,
    Optional<String> finishReason,
    Optional<String> session) {

  /** As an element of {@code choices}. */
  Map<String, @Nullable Object> body() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("index", index);
    body.put("text", text);
    body.put("logprobs", logprobs.map(LogProbs::body).orElse(null));
    body.put("finish_reason", finishReason.orElse(null));
    session.ifPresent(it -> body.put("session", it));
    return body;
  }
}
