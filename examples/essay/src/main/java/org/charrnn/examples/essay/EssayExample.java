package org.charrnn.examples.essay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;

/**
 * Learns to write essays, and writes some: all that a program needs of the library, from a file to
 * text.
 *
 * <p>{@link EssayCommand} runs it as {@code charrnn essay}.
 */
public final class EssayExample {

  /** What each essay of the corpus begins with, so that a model knows where one ends. */
  static final String MARK = "^";

  private static final int DRAWN = 8;
  private static final int LEAST_LENGTH = 100;

  private EssayExample() {}

  /** What to train: sizes and rates for some hundred thousand characters and a minute or two. */
  public static TrainingConfig config(Corpus corpus, String begin, int epochs) {
    TrainingConfig.Builder config =
        TrainingConfig.builder()
            .model(it ->
                it.cell("gru") // any cell on the class path, by its name
                    .embeddingSize(320) // a character is 320 numbers to the first layer ...
                    .tieWeights(true) // ... and the same ones where the next one is predicted
                    .hiddenSize(320)) // the memory of the model of the text so far
            .optimizer(it ->
                it.name("adam")
                    .learningRate(0.004)
                    .schedule(new Schedule.Cosine(100, 0)) // up in 100 steps, then down to zero
                    .dropout(0.4)) // each step drops some inputs, so that it memorizes less
            .windows(it ->
                it.seqLength(50) // gradients reach 50 characters back ...
                    .batchSize(16)) // ... in 16 places of the text in parallel
            .run(it ->
                it.epochs(epochs)
                    .validation(0.05) // not trained on: shows after each epoch whether it improved
                    .test(0.1)) // not even used to choose the best model: measured once
            .sample(it -> it.length(60).temperature(0.7));
    if (!isMarked(corpus)) {
      return config.sample(it -> it.prompt(begin)).build();
    }
    return config
        .documents(it -> it.documentBegin(MARK).resetAtDocuments(true)) // texts are independent
        .sample(it -> it.prompt(MARK + begin))
        .build();
  }

  /** Whether texts of this corpus begin with {@link #MARK}. */
  static boolean isMarked(Corpus corpus) {
    return corpus.text().startsWith(MARK);
  }

  /** Trains a model and saves it: the last one, and beside it the best one. */
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

  /** Lets the best model write, in several ways, from what it was told to begin with. */
  public static Map<String, String> write(CharRnn charRnn, Path model, int length, long seed) {
    Map<String, String> essays = new LinkedHashMap<>();
    try (LanguageModel writer = charRnn.load(Checkpoint.best(model))) {
      String begin = writer.config().sample().prompt().orElseThrow();
      // Always the most probable character: soon it goes in circles, as the model of 2016 did.
      essays.put("greedy", writer.generate(GenerationRequest.greedy(begin, length)));
      // The most probable whole among those that five at a time lead to: not much better.
      essays.put(
          "beam search",
          writer.generate(GenerationRequest.searched(begin, length, BeamSearch.ofWidth(5))));
      // Drawn by chance, from the characters that are not improbable: what 'charrnn generate' does
      // if it is told nothing.
      essays.put("sampled", drawn(writer, begin, length, Sampler.standard(), seed));
      // More careful, and more daring.
      essays.put(
          "the 20 most probable at temperature 0.6",
          drawn(writer, begin, length, Sampler.temperature(0.6).withTopK(20), seed));
      essays.put("temperature 1", drawn(writer, begin, length, Sampler.temperature(1), seed));
    }
    return essays;
  }

  /** Of several essays that are written side by side, the first one that is no mere title. */
  private static String drawn(
      LanguageModel writer, String begin, int length, Sampler sampler, long seed) {
    GenerationRequest request = new GenerationRequest(begin, length, sampler, seed);
    if (writer.vocabulary().find(MARK).isPresent()) {
      request = request.withStop(MARK); // where the next essay would begin
    }
    List<String> essays = new ArrayList<>();
    writer.generateMany(request, DRAWN, essay -> essays.add(essay.text()));
    return essays.stream()
        .filter(essay -> essay.codePointCount(0, essay.length()) >= LEAST_LENGTH)
        .findFirst()
        .orElse(essays.getFirst());
  }
}
