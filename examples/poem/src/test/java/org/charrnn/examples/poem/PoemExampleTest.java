package org.charrnn.examples.poem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model trained on a few lines, enough to know how long a line is. */
class PoemExampleTest {

  private static final String POEMS =
      """
      春山新雨过，夜半一灯明。
      秋水长天远，孤舟万里行。

      江上清风起，花间小路深。
      月明人未睡，门外有琴声。

      """
          .repeat(12);

  @TempDir private Path folder;
  private final CharRnn charRnn = CharRnn.create().withAccelerator("java");
  private Path model = Path.of("");

  @BeforeEach
  void train() {
    model = folder.resolve("poems.ckpt");
    try (Trainer trainer =
        charRnn.trainer(
            Corpus.of(POEMS),
            PoemExample.config().toBuilder()
                .model(it -> it.hiddenSize(32).embeddingSize(16))
                .windows(it -> it.seqLength(16).batchSize(2))
                .optimizer(it -> it.learningRate(0.01))
                .run(it -> it.epochs(4))
                .sample(it -> it.length(0))
                .build())) {
      trainer.run(model, TrainingListener.silent());
    }
  }

  @Test
  void acrostic_hasANewLineOfUsualLength_forEachHead() {
    try (LanguageModel loaded = charRnn.load(model)) {
      String poem = new PoemExample(loaded, POEMS).acrostic("江山月", 5);
      List<String> lines = poem.lines().toList();
      assertEquals(List.of("江", "山", "月"), lines.stream().map(it -> it.substring(0, 1)).toList());
      lines.forEach(line -> {
        assertEquals(12, line.length(), poem);
        assertFalse(POEMS.contains(line + "\n"), poem);
      });
    }
  }

  @Test
  void acrostic_isDeterminedByTheSeed() {
    try (LanguageModel loaded = charRnn.load(model)) {
      PoemExample poet = new PoemExample(loaded, POEMS);
      assertEquals(poet.acrostic("春夜", 1), poet.acrostic("春夜", 1));
      assertNotEquals(poet.acrostic("春夜", 1), poet.acrostic("春夜", 2));
    }
  }

  @Test
  void usualLength_isTheMostFrequentOne_ignoringEmptyLines() {
    assertEquals(12, PoemExample.usualLength(POEMS));
    assertEquals(3, PoemExample.usualLength("ab\nabc\n\n\n\nabc\n"));
    assertEquals(1, PoemExample.usualLength("a\nbb\n"), "the smallest of equally frequent ones");
    assertEquals(2, PoemExample.usualLength("𠀀𠀁"), "characters are code points");
  }
}
