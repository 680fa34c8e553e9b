package org.charrnn.accel.tornado.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Program;
import org.charrnn.text.AdaptingScorer;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory on a device that sessions hold, in elements, with kernels as plain Java. */
class SessionMemoryTest {

  private static final int LARGE = 100_000;

  private final MemoryCounter counter = new MemoryCounter();

  @TempDir private Path folder;

  private static Program doubling(int elements) {
    Graph graph = new Graph();
    Tensor w = graph.parameter("w", Shape.of(elements));
    graph.update(w, w.times(2));
    return Compiler.compile(graph, "doubling");
  }

  private static float[] repeated(float value, int count) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  /** Runs a program with memory of its own, to which the caller has no reference afterwards. */
  private static void runOnce(Session session, int elements) {
    Memory w = session.allocate(Type.F32, Shape.of(elements));
    Executable executable = session.compile(doubling(elements), Map.of("w", w));
    executable.run();
    float[] read = new float[elements];
    w.read(read);
    assertArrayEquals(new float[elements], read, "memory is not zero at first");
    w.write(repeated(3, elements));
    executable.run();
    w.read(read);
    assertArrayEquals(repeated(6, elements), read);
  }

  @Test
  void programsThatAreNoLongerUsed_holdNoMemory_andAreCompiledOnce() {
    try (Session session = counter.open()) {
      Memory kept = session.allocate(Type.F32, Shape.of(3));
      kept.write(new float[] {1, 2, 3});
      Executable doubling = session.compile(doubling(3), Map.of("w", kept));
      doubling.run();
      runOnce(session, LARGE);
      long atFirst = counter.held;
      int graphsAtFirst = counter.graphs;
      for (int i = 0; i < 20; i++) {
        runOnce(session, LARGE);
      }
      assertEquals(atFirst, counter.held);
      assertEquals(graphsAtFirst, counter.graphs);
      doubling.run();
      float[] read = new float[3];
      kept.read(read);
      assertArrayEquals(new float[] {4, 8, 12}, read);
    }
    assertEquals(0, counter.held);
  }

  /** Small regions between others are used before the session moves to larger memory. */
  @Test
  void programsOfSeveralSizes_useTheMemoryOfFormerOnes() {
    try (Session session = counter.open()) {
      for (int i = 0; i < 40; i++) {
        runOnce(session, LARGE - i % 4 * 10_000);
      }
    }
    assertTrue(counter.most <= 4 * LARGE, () -> counter.most + " elements");
    assertTrue(counter.moves <= 3, () -> counter.moves + " allocations");
  }

  /** Program and executable hold the memory that they use, although the caller does not. */
  @Test
  void memoryOfExecutables_isKept() {
    try (Session session = counter.open()) {
      Map<String, Memory> outputs = new HashMap<>();
      Executable executable = copying(session, outputs);
      executable.run();
      for (int i = 0; i < 3; i++) {
        runOnce(session, LARGE);
      }
      executable.run();
      float[] copied = new float[LARGE];
      outputs.get("copy").read(copied);
      assertArrayEquals(repeated(7, LARGE), copied);
    }
  }

  private static Executable copying(Session session, Map<String, Memory> outputs) {
    Graph graph = new Graph();
    graph.output("copy", graph.input("original", Type.F32, Shape.of(LARGE)).times(1));
    Memory original = session.allocate(Type.F32, Shape.of(LARGE));
    original.write(repeated(7, LARGE));
    Memory copy = session.allocate(Type.F32, Shape.of(LARGE));
    outputs.put("copy", copy);
    return session.compile(
        Compiler.compile(graph, "copying"), Map.of("original", original, "copy", copy));
  }

  /** A scorer that learns has a copy of the parameters, which is freed with it. */
  @Test
  void scorersThatLearn_holdNoMemoryLater() throws IOException {
    Path file = folder.resolve("model.ckpt");
    String text = "der Wind, der Wind, das himmlische Kind. ";
    Corpus corpus = Corpus.of(text.repeat(4));
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(150))
            .windows(it -> it.seqLength(5).batchSize(1))
            .run(it -> it.validation(0))
            .build();
    try (Trainer trainer = CharRnn.create().withAccelerator("java").trainer(corpus, config)) {
      trainer.step();
      trainer.save(file);
    }
    try (LanguageModel model = CharRnn.create().withAccelerator(counter.accelerator()).load(file)) {
      double nats = adapt(model, text);
      long held = counter.held;
      long most = counter.most;
      for (int i = 0; i < 6; i++) {
        assertEquals(nats, adapt(model, text));
        assertEquals(held, counter.held);
      }
      assertEquals(most, counter.most);
    }
  }

  private static double adapt(LanguageModel model, String text) {
    try (AdaptingScorer scorer = model.adapting(0.01)) {
      return scorer.score(text).nats();
    }
  }
}
