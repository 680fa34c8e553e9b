package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Prompts of many lengths are found again by their longest known beginning. */
class LongPromptTest {

  private static final String TEXT = "the cat sat on the mat. ";

  @Test
  void promptsOfManyLengths_continueFromTheLongestKnownBeginning() throws Exception {
    String whole = TEXT.repeat(200);
    try (ServedTinyModel served = ServedTinyModel.start()) {
      for (int length = 40; length <= 400; length += 40) {
        JsonNode usage = usage(served, whole.substring(0, length));
        assertEquals(length == 40 ? 0 : length - 40, cached(usage), "length " + length);
      }
      assertEquals(400, cached(usage(served, whole.substring(0, 439))));
      assertEquals(0, cached(usage(served, "a" + whole.substring(0, 39))));
      assertEquals(439, cached(usage(served, whole)));
    }
  }

  private static JsonNode usage(ServedTinyModel served, String prompt) throws Exception {
    return served
        .complete("{\"prompt\": \"" + prompt + "\", \"max_tokens\": 1, \"seed\": 1}")
        .get("usage");
  }

  private static int cached(JsonNode usage) {
    return usage.at("/prompt_tokens_details/cached_tokens").intValue();
  }
}
