package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;

/** Two ways to the same numbers: the program that measures, and the one that generates. */
class SurprisalsTest {

  @Test
  void surprises_haveTheMeanThatIsMeasured() {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.run(TrainingListener.silent());
      String text = TestRuns.CORPUS.text().substring(0, 40);
      List<Surprisal> surprisals =
          trainer.model().surprisals(text.substring(0, 1), text.substring(1), 3);
      assertEquals(
          text.substring(1),
          surprisals.stream().map(Surprisal::symbol).collect(Collectors.joining()));
      assertEquals(
          trainer.model().evaluate(Corpus.of(text)).nats(),
          surprisals.stream().mapToDouble(Surprisal::nats).average().orElseThrow(),
          1e-5);
      for (Surprisal surprise : surprisals) {
        assertEquals(3, surprise.expected().size());
        double best = surprise.expected().getFirst().probability();
        assertTrue(best >= Math.exp(-surprise.nats()) - 1e-12);
      }
    }
  }

  @Test
  void surprises_ofTheHeldOutText_doNotDisturbTraining() {
    try (Trainer asked = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config());
        Trainer left = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      for (int step = 0; step < 12; step++) {
        asked.step();
        left.step();
        List<Surprisal> surprisals = asked.surprisals(10, 2);
        assertEquals(10, surprisals.size());
        asked.baseline(2);
      }
      assertEquals(left.snapshot(), asked.snapshot());
    }
  }

  @Test
  void surprises_nothingBefore_orAStranger_isTold() {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      assertThrows(TextTooShortException.class, () -> trainer.model().surprisals("", "山", 1));
      assertThrows(UnknownSymbolException.class, () -> trainer.model().surprisals("山", "x", 1));
    }
  }

  @Test
  void surprisesAndBaseline_withoutHeldOutText_areEmpty() {
    try (Trainer trainer =
        TestRuns.charRnn()
            .trainer(
                TestRuns.CORPUS,
                TestRuns.config().toBuilder().run(it -> it.validation(0)).build())) {
      assertTrue(trainer.surprisals(10, 2).isEmpty());
      assertTrue(trainer.baseline(2).isEmpty());
    }
  }
}
