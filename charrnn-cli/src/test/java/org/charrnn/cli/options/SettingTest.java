package org.charrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class SettingTest {

  @Test
  void of_hasEachOptionOfTheConfiguration() {
    Set<String> options =
        Stream.of(
                new ModelOptions(),
                new RunOptions(),
                new OptimizerOptions(),
                new ScheduleOptions(),
                new WatchOptions(),
                new DocumentOptions(),
                new SampleOptions())
            .flatMap(group -> CommandSpec.forAnnotatedObject(group).options().stream())
            .map(OptionSpec::longestName)
            .collect(Collectors.toSet());
    Set<String> labels =
        Setting.of(Profile.SEED.config()).stream()
            .map(Setting::label)
            .filter(label -> label.startsWith("--"))
            .collect(Collectors.toSet());
    assertEquals(options, labels);
  }

  @Test
  void differences_namesEachWithBothValues() {
    TrainingConfig before = Profile.STANDARD.config();
    TrainingConfig after =
        before.toBuilder().layers(3).noClipping().hyperparameter("epsilon", 0.5).build();
    List<String> told =
        Setting.differences(before, after).stream()
            .map(it -> it.after().label() + " " + it.before().value() + " " + it.after().value())
            .toList();
    assertEquals(
        List.of("--layers 1 3", "--optimizer-option none epsilon=0.5", "--clip-norm 5.0 none"),
        told);
  }

  @Test
  void differences_equal_none() {
    TrainingConfig config = Profile.SEED.config();
    assertTrue(Setting.differences(config, config.toBuilder().build()).isEmpty());
  }
}
