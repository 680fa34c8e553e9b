package org.charrnn.serve.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The log-probabilities of a text, as the field {@code logprobs} of a choice has them.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class LogProbs {

  private final List<String> tokens = new ArrayList<>();
  private final List<@Nullable Double> logProbabilities = new ArrayList<>();
  private final List<@Nullable Map<String, Double>> top = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private int offset;

  /**
   * No symbols yet.
   *
   * @param offset the position of the next symbol in the text, in code points
   */
  LogProbs(int offset) {
    this.offset = offset;
  }

  /**
   * Adds a symbol.
   *
   * @param logProbability empty for the first symbol of a text, which nothing precedes
   * @param alternatives the most probable symbols in its place, the most probable first
   */
  void add(String symbol, OptionalDouble logProbability, Map<String, Double> alternatives) {
    tokens.add(symbol);
    offsets.add(offset);
    offset += symbol.codePointCount(0, symbol.length());
    if (logProbability.isEmpty()) {
      logProbabilities.add(null);
      top.add(null);
    } else {
      logProbabilities.add(logProbability.getAsDouble());
      top.add(new LinkedHashMap<>(alternatives));
    }
  }

  /** The same symbols, to which others can be added. */
  LogProbs copy() {
    LogProbs copy = new LogProbs(offset);
    copy.tokens.addAll(tokens);
    copy.logProbabilities.addAll(logProbabilities);
    copy.top.addAll(top);
    copy.offsets.addAll(offsets);
    return copy;
  }

  /** The position of the next symbol in the text, in code points. */
  int offset() {
    return offset;
  }

  /** The field. */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("tokens", tokens);
    body.put("token_logprobs", logProbabilities);
    body.put("top_logprobs", top);
    body.put("text_offset", offsets);
    return body;
  }
}
