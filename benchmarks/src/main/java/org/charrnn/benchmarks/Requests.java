package org.charrnn.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;

/** A model as a service uses it: requests to the library, of one thread or of many. */
final class Requests implements AutoCloseable {

  /** How many threads ask at once. */
  static final int CLIENTS = 64;

  private static final int MAX_LENGTH = 200;
  private static final int MAX_PROMPT = 8;

  /** As users choose them: the default, the same without a limit, few, and the most probable. */
  private static final List<Sampler> SAMPLERS =
      List.of(
          Sampler.standard(),
          Sampler.temperature(1),
          Sampler.temperature(0.8).withTopK(40),
          Sampler.greedy());

  private static final int CHARACTERS = 100; // of the scored text, for each request
  private static final int LINES = 10; // to score, for each request

  /** The number of requests for which the synthetic text is long enough. */
  static final int MOST = SyntheticText.LENGTH / CHARACTERS;

  private static final int MIN_LINE = 5;
  private static final int MORE = 40;
  private static final int FIRST = 0x4E00; // the code point of the id 1; that of 0 is a line feed

  private final int requests;
  private final LanguageModel model;
  private final String text;
  private final AtomicLong seeds = new AtomicLong();

  /**
   * A model of a configuration after one training step.
   *
   * @param requests number of requests in {@link #many}, at most {@link #MOST}; there are 100 times
   *     as many characters in {@link #longText} and 10 times as many {@link #lines}
   */
  Requests(Config config, int requests, Accelerator accelerator, AcceleratorOptions options) {
    this.requests = requests;
    int[] ids = SyntheticText.ids(config.vocabulary());
    int scored = requests * CHARACTERS;
    int[] all = Arrays.copyOf(ids, scored + config.vocabulary());
    Arrays.setAll(all, i -> i < scored ? ids[i] : i - scored); // every symbol occurs
    String corpus = string(all);
    text = corpus.substring(0, scored);
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
    return new Repeated(() -> {
      long seed = seeds.getAndIncrement();
      String prompt = text.substring(0, MAX_PROMPT);
      model.generate(GenerationRequest.sampled(prompt, MAX_LENGTH, 1, seed));
      return MAX_LENGTH;
    });
  }

  /** Requests with different seeds, lengths, samplers and prompts, of many threads at once. */
  Workload many() {
    return new Repeated(this::generateMany);
  }

  private int generateMany() {
    AtomicInteger left = new AtomicInteger(requests);
    Callable<Integer> client =
        () -> {
          int symbols = 0;
          while (left.getAndDecrement() > 0) {
            GenerationRequest request = request(new SeededRandom(seeds.getAndIncrement()));
            model.generate(request);
            symbols += request.length();
          }
          return symbols;
        };
    int symbols = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : threads.invokeAll(Collections.nCopies(CLIENTS, client))) {
        symbols += done.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return symbols;
  }

  private GenerationRequest request(SeededRandom random) {
    int start = random.nextInt(text.length() - MAX_PROMPT);
    String prompt = text.substring(start, start + 1 + random.nextInt(MAX_PROMPT));
    return new GenerationRequest(
        Prompt.of(prompt),
        1 + random.nextInt(MAX_LENGTH),
        SAMPLERS.get(random.nextInt(SAMPLERS.size())),
        random.nextLong());
  }

  // ---- scores

  /** The evaluation of a text. */
  Workload evaluation() {
    Corpus corpus = Corpus.of(text);
    return new Repeated(() -> {
      model.evaluate(corpus);
      return text.length();
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
    for (int i = 0; i < requests * LINES; i++) {
      int length = MIN_LINE + i % MORE;
      int start = i * 7 % (text.length() - MIN_LINE - MORE);
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
