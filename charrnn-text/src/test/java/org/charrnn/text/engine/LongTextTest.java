package org.charrnn.text.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.encoding.CodePointTokenizer;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time and memory grow with the length of a text, not with its square. */
class LongTextTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SYMBOLS = 60;

  static List<Decoding> decodings() {
    Decoding.Repetition both = new Decoding.Repetition(1.2, 5);
    return List.of(
        Sampler.temperature(1),
        Sampler.standard().withTopK(40),
        Sampler.temperature(1).withRepetition(both),
        Sampler.greedy().withRepetition(new Decoding.Repetition(1, 6)),
        BeamSearch.ofWidth(4),
        new BeamSearch(4, 1, both),
        new BeamSearch(2, 0, new Decoding.Repetition(1, 40)));
  }

  private static Generation generation() {
    Vocabulary vocabulary =
        Vocabulary.of(
            IntStream.range(0, SYMBOLS)
                .mapToObj(i -> new Vocabulary.Entry(Character.toString('A' + i), 1))
                .toList());
    return new Generation(
        Engine.inline(new FakeRows(SYMBOLS, 5)),
        vocabulary,
        new CodePointTokenizer(),
        ReadingDirection.FORWARD,
        _ -> Start.of());
  }

  private record Cost(long bytes, long nanos) {}

  private static Cost cost(GenerationRequest request) {
    Generation generation = generation();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    GeneratedText text = generation.generate(request, _ -> {});
    assertEquals(request.length(), text.symbols().size());
    return new Cost(
        THREADS.getCurrentThreadAllocatedBytes() - bytes,
        THREADS.getCurrentThreadCpuTime() - nanos);
  }

  @ParameterizedTest
  @MethodSource("decodings")
  void cost_isLinearInTheLength(Decoding decoding) {
    GenerationRequest request =
        new GenerationRequest("ABC", 10_000, decoding, 3).withStop("ABCDEFGHIJKLMNOP");
    cost(request); // compiles
    Cost shorter = cost(request);
    Cost longer =
        cost(new GenerationRequest("ABC", 100_000, decoding, 3).withStop("ABCDEFGHIJKLMNOP"));
    assertTrue(longer.bytes() < 20 * shorter.bytes(), shorter + " " + longer);
    assertTrue(longer.nanos() < 40 * shorter.nanos(), shorter + " " + longer);
  }
}
