package org.charrnn.examples.essay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.charrnn.text.CharRnn;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example on a small text: with each method, an essay has the given prompt and length. */
class EssayExampleTest {

  private static final Corpus CORPUS = Corpus.of("^选择远行的人，心里总有一条河。\n选择留下的人，心里总有一盏灯。\n".repeat(60));

  @TempDir private Path folder;

  @Test
  void essays_startWithThePrompt_byEachMethod() {
    CharRnn charRnn = CharRnn.create().withAccelerator("java");
    Path model = folder.resolve("model.ckpt");
    TrainingConfig config =
        EssayExample.config(CORPUS, "选", 1).toBuilder()
            .model(it -> it.hiddenSize(16).embeddingSize(16))
            .build();
    EssayExample.train(charRnn, CORPUS, config, model, TrainingListener.silent());
    Map<String, String> essays = EssayExample.write(charRnn, model, 40, 7);
    assertEquals(5, essays.size());
    essays.forEach((method, essay) -> {
      assertTrue(essay.startsWith("^选"), method + ": " + essay);
      if (!List.of("greedy", "beam search").contains(method)) { // these do not stop at a mark
        assertEquals(0, essay.lastIndexOf("^"), "a second essay: " + method + ": " + essay);
      }
    });
    assertEquals(essays, EssayExample.write(charRnn, model, 40, 7));
  }
}
