package org.charrnn.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GenerationRequest;

/** A model as a service uses it: requests to the library, of one thread or of many. */
final class Requests implements AutoCloseable {

  /** How many threads ask at once. */
  static final int CLIENTS = 64;

  private static final int SYMBOLS = 200;
  private static final int TEXT = 100_000;
  private static final int LINES = 10_000;
  private static final int MIN_LINE = 5;
  private static final int MORE = 40;
  private static final int FIRST = 0x4E00; // the code point of the id 1; that of 0 is a line feed

  private final LanguageModel model;
  private final String text;
  private final AtomicLong seeds = new AtomicLong();

  /** A model of a configuration after one training step. */
  Requests(Config config, Accelerator accelerator, AcceleratorOptions options) {
    int[] ids = SyntheticText.ids(config.vocabulary());
    int[] all = Arrays.copyOf(ids, TEXT + config.vocabulary());
    Arrays.setAll(all, i -> i < TEXT ? ids[i] : i - TEXT); // every symbol occurs
    String corpus = string(all);
    text = corpus.substring(0, TEXT);
    TrainingConfig training =
        TrainingConfig.builder()
            .model(it ->
                it.cell(config.cell())
                    .hiddenSize(config.hidden())
                    .layers(config.layers())
                    .embeddingSize(0) // the network of the other measurements
                    .tieWeights(false))
            .windows(it -> it.seqLength(config.steps()).batchSize(config.batch()))
            .optimizer(it -> it.name("adagrad"))
            .run(it -> it.maxSteps(1).validation(0))
            .sample(it -> it.length(0))
            .build();
    model =
        CharRnn.create()
            .withAccelerator(accelerator)
            .withOptions(options)
            .train(Corpus.of(corpus), training);
  }

  private static String string(int[] ids) {
    int[] codePoints = Arrays.stream(ids).map(id -> id == 0 ? '\n' : FIRST + id - 1).toArray();
    return new String(codePoints, 0, codePoints.length);
  }

  private interface Action {
    int run();
  }

  private record Repeated(Action action) implements Workload {
    @Override
    public int run() {
      return action.run();
    }

    @Override
    public double loss() {
      return Double.NaN;
    }

    @Override
    public void close() {
      // The model is closed with the requests.
    }
  }

  // ---- generation

  /** One request at a time. */
  Workload one() {
    return new Repeated(this::generate);
  }

  private int generate() {
    long seed = seeds.getAndIncrement();
    int start = (int) (seed * 17 % (TEXT - 8));
    String prompt = text.substring(start, start + 8);
    model.generate(GenerationRequest.sampled(prompt, SYMBOLS, 1, seed));
    return SYMBOLS;
  }

  /** Requests of many threads at once. */
  Workload many() {
    return new Repeated(this::generateMany);
  }

  private int generateMany() {
    Callable<Integer> client = this::generate;
    int symbols = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(client);
      }
      for (Future<Integer> done : threads.invokeAll(clients)) {
        symbols += done.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return symbols;
  }

  // ---- scores

  /** The evaluation of a text. */
  Workload evaluation() {
    Corpus corpus = Corpus.of(text);
    return new Repeated(() -> {
      model.evaluate(corpus);
      return TEXT;
    });
  }

  /** The score of the same text. */
  Workload longText() {
    return new Repeated(() -> model.score(text).symbols().size());
  }

  /** The scores of many short lines. */
  Workload lines() {
    String inLines = text.replace('\n', (char) FIRST);
    List<String> lines = new ArrayList<>();
    int characters = 0;
    for (int i = 0; i < LINES; i++) {
      int length = MIN_LINE + i % MORE;
      int start = i * 7 % (TEXT - MIN_LINE - MORE);
      lines.add(inLines.substring(start, start + length));
      characters += length;
    }
    int all = characters;
    return new Repeated(() -> {
      model.scoreAll(lines);
      return all;
    });
  }

  @Override
  public void close() {
    model.close();
  }
}
