package org.charrnn.examples.essay;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generate.BeamSearch;
import org.charrnn.text.generate.GenerationRequest;
import org.charrnn.text.generate.Sampler;
import org.charrnn.text.train.TrainingListener;

/**
 * Learns to write essays, and writes some: all that a program needs of the library, from a file to
 * text.
 *
 * <p>{@link EssayCommand} runs it as {@code charrnn essay}.
 */
public final class EssayExample {

  private EssayExample() {}

  /** What to train: sizes and rates for some hundred thousand characters and a minute or two. */
  public static TrainingConfig config(String begin, int epochs) {
    return TrainingConfig.builder()
        .cell("gru") // any cell on the class path, by its name
        .optimizer("adam")
        .learningRate(0.004)
        .embeddingSize(128) // a character is 128 numbers to the first layer
        .hiddenSize(256) // what the model remembers of the text so far
        .seqLength(50) // gradients reach 50 characters back ...
        .batchSize(16) // ... in 16 places of the text at once
        .epochs(epochs)
        .validation(0.1) // the last tenth is never trained on; the loss there is the one to believe
        .begin(begin)
        .sampleLength(60)
        .temperature(0.7)
        .build();
  }

  /** Trains a model and saves it. */
  public static void train(
      CharRnn charRnn,
      Corpus corpus,
      TrainingConfig config,
      Path model,
      TrainingListener listener) {
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      trainer.run(model, listener);
    }
  }

  /** Lets a saved model write from the same beginning in several ways. */
  public static Map<String, String> write(
      CharRnn charRnn, Path model, String begin, int length, long seed) {
    Map<String, String> essays = new LinkedHashMap<>();
    try (LanguageModel writer = charRnn.load(model)) {
      // Always the most probable character: soon it goes in circles, as the model of 2016 did.
      essays.put("greedy", writer.generate(GenerationRequest.greedy(begin, length)));
      // The most probable whole among those that five at a time lead to: not much better.
      essays.put(
          "beam search",
          writer.generate(GenerationRequest.searched(begin, length, BeamSearch.ofWidth(5))));
      // Drawn by chance, from the characters that are not improbable: what 'charrnn generate' does
      // if it is told nothing.
      essays.put(
          "sampled",
          writer.generate(new GenerationRequest(begin, length, Sampler.standard(), seed)));
      // More daring.
      essays.put(
          "temperature 1", writer.generate(GenerationRequest.sampled(begin, length, 1, seed)));
    }
    return essays;
  }
}
