package org.charrnn.text.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.annotation.Fixed;
import org.junit.jupiter.api.Test;

class SettingTest {

  private static final TrainingConfig STANDARD = Profile.STANDARD.config();

  @Test
  void of_valuesOfAllRecords() {
    List<Setting> settings = Setting.of(STANDARD);
    assertTrue(settings.contains(fixed("hiddenSize", Fixed.Scope.PARAMETERS, 512)));
    assertTrue(settings.contains(fixed("optimizer", Fixed.Scope.RUN, "adamw")));
    assertTrue(settings.contains(new Setting("epochs", Optional.empty(), Optional.of(6))));
    assertTrue(settings.contains(new Setting("maxSteps", Optional.empty(), Optional.empty())));
  }

  @Test
  void of_optionsOfTheScheduleThatIsUsed_haveValues() {
    List<Setting> settings = Setting.of(STANDARD);
    assertTrue(settings.contains(new Setting("schedule", Optional.empty(), Optional.of("cosine"))));
    assertTrue(settings.contains(new Setting("warmupSteps", Optional.empty(), Optional.of(100L))));
    assertTrue(settings.contains(new Setting("decayEvery", Optional.empty(), Optional.empty())));
  }

  @Test
  void differences_namesEachOption() {
    TrainingConfig changed =
        STANDARD.toBuilder()
            .model(it -> it.layers(3))
            .optimizer(it -> it.schedule(new Schedule.Cosine(100, 0.5)))
            .build();
    assertEquals(
        List.of("layers", "decayTo"),
        Setting.differences(STANDARD, changed).stream().map(it -> it.after().option()).toList());
  }

  @Test
  void differences_sizeThatIsSpelledDifferently_none() {
    TrainingConfig spelled = STANDARD.toBuilder().model(it -> it.embeddingSize(512)).build();
    assertEquals(List.of(), Setting.differences(STANDARD, spelled));
  }

  @Test
  void requireSame_scopeOfParameters_ignoresTheRun() {
    TrainingConfig other = STANDARD.toBuilder().run(it -> it.seed(9)).build();
    Setting.requireSame(Fixed.Scope.PARAMETERS, STANDARD, other, "as before");
    var e =
        assertThrows(
            InvalidOptionException.class,
            () -> Setting.requireSame(Fixed.Scope.RUN, STANDARD, other, "as before"));
    assertEquals("seed must be 0, as before: 9", e.getMessage());
  }

  private static Setting fixed(String option, Fixed.Scope scope, Object value) {
    return new Setting(option, Optional.of(scope), Optional.of(value));
  }
}
