package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.api.Availability;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model whose embedding is also the output weight computes a row alike in every batch. */
class TiedModelTest {

  @ParameterizedTest
  @ValueSource(strings = {"java", "java-vector"})
  void logProbabilities_doNotDependOnTheBatch(String accelerator) {
    assumeTrue(
        Plugins.accelerators().get(accelerator).availability() instanceof Availability.Available);
    Corpus corpus = Corpus.of("选择一种生活，选择一条路。那一年我们选择了春天。\n".repeat(120));
    TrainingConfig config =
        Profile.SMALL.config().toBuilder().run(it -> it.maxSteps(3).validation(0)).build();
    GenerationRequest request = GenerationRequest.sampled("选", 12, 1, 3).withLogProbabilities();
    try (LanguageModel model =
        CharRnn.create().withAccelerator(accelerator).train(corpus, config)) {
      GeneratedText alone = model.generate(request, _ -> {});
      for (int count : new int[] {2, 9, 16, 64}) {
        List<GeneratedText> many = new ArrayList<>();
        model.generateMany(request, count, many::add);
        assertEquals(alone, many.getFirst(), count + " at once");
      }
    }
  }
}
