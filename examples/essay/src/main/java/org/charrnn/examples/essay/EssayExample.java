package org.charrnn.examples.essay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;

/**
 * Trains a model on essays and generates some: the whole use of the library, from a corpus to text.
 *
 * <p>{@link EssayCommand} runs it as {@code charrnn essay}.
 */
public final class EssayExample {

  /** The first character of each essay of the corpus: it separates the essays. */
  static final String MARK = "^";

  private static final int SAMPLES = 8;
  private static final int MINIMUM_LENGTH = 100;

  private EssayExample() {}

  /** Sizes and rates for a few hundred thousand characters and one or two minutes of training. */
  public static TrainingConfig config(Corpus corpus, String prompt, int epochs) {
    TrainingConfig.Builder config =
        TrainingConfig.builder()
            .model(it ->
                it.cell("gru") // any cell on the class path, by its name
                    .embeddingSize(320) // a character is 320 numbers to the first layer ...
                    .tieWeights(true) // ... and the same ones where the next one is predicted
                    .hiddenSize(320)) // the memory of the model of the text so far
            .optimizer(it ->
                it.name("adamw")
                    .hyperparameter("weight-decay", 0.1) // pulls weights to 0: it memorizes less
                    .learningRate(0.005)
                    .schedule(new Schedule.Cosine(100, 0)) // up in 100 steps, then down to zero
                    .dropout(0.4)) // each step drops some inputs, for the same reason
            .windows(it ->
                it.seqLength(50) // gradients reach 50 characters back ...
                    .batchSize(16)) // ... in 16 places of the text in parallel
            .run(it ->
                it.epochs(epochs)
                    .validation(0.05) // not trained on: shows after each epoch whether it improved
                    .test(0.1)) // not even used to choose the best model: measured once
            .sample(it -> it.length(60).temperature(0.7));
    if (!isMarked(corpus)) {
      return config.sample(it -> it.prompt(prompt)).build();
    }
    return config
        .documents(it -> it.documentBegin(MARK).resetAtDocuments(true)) // texts are independent
        .sample(it -> it.prompt(MARK + prompt))
        .build();
  }

  /** Whether the texts of this corpus start with {@link #MARK}. */
  static boolean isMarked(Corpus corpus) {
    return corpus.text().startsWith(MARK);
  }

  /** Trains a model and saves the last state and the best one. */
  public static TrainingResult train(
      CharRnn charRnn,
      Corpus corpus,
      TrainingConfig config,
      Path model,
      TrainingListener listener) {
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      return trainer.run(model, listener);
    }
  }

  /** Generates essays with the best model by several methods, from the prompt of its training. */
  public static Map<String, String> write(CharRnn charRnn, Path model, int length, long seed) {
    Map<String, String> essays = new LinkedHashMap<>();
    try (LanguageModel writer = charRnn.load(Checkpoint.best(model))) {
      String prompt = writer.config().sample().prompt().orElseThrow();
      // Always the most probable character: soon repeats itself.
      essays.put("greedy", writer.generate(GenerationRequest.greedy(prompt, length)));
      // The most probable text that a beam of five finds: not much better.
      essays.put(
          "beam search",
          writer.generate(GenerationRequest.searched(prompt, length, BeamSearch.ofWidth(5))));
      // Sampling from the more probable characters, the default of 'charrnn generate'.
      essays.put("sampled", sampled(writer, prompt, length, Sampler.standard(), seed));
      // Less random, and more random.
      essays.put(
          "the 20 most probable at temperature 0.6",
          sampled(writer, prompt, length, Sampler.temperature(0.6).withTopK(20), seed));
      essays.put("temperature 1", sampled(writer, prompt, length, Sampler.temperature(1), seed));
    }
    return essays;
  }

  /** The first of several sampled essays that is longer than a title. */
  private static String sampled(
      LanguageModel writer, String prompt, int length, Sampler sampler, long seed) {
    GenerationRequest request = new GenerationRequest(prompt, length, sampler, seed);
    if (writer.vocabulary().find(MARK).isPresent()) {
      request = request.withStop(MARK); // the start of the next essay
    }
    List<String> essays = new ArrayList<>();
    writer.generateMany(request, SAMPLES, essay -> essays.add(essay.text()));
    return essays.stream()
        .filter(essay -> essay.codePointCount(0, essay.length()) >= MINIMUM_LENGTH)
        .findFirst()
        .orElse(essays.getFirst());
  }
}
