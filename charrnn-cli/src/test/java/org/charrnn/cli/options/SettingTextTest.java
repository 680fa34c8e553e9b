package org.charrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.settings.Setting;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class SettingTextTest {

  @Test
  void label_isTheOptionOfEachSetting() {
    Set<String> options =
        Stream.of(
                new ModelOptions(),
                new RunOptions(),
                new OptimizerOptions(),
                new RoundOptions(),
                new ScheduleOptions(),
                new WatchOptions(),
                new DocumentOptions(),
                new SampleOptions())
            .flatMap(group -> CommandSpec.forAnnotatedObject(group).options().stream())
            .map(OptionSpec::longestName)
            .collect(Collectors.toSet());
    Set<String> labels =
        Setting.of(Profile.SEED.config()).stream()
            .map(SettingText::label)
            .filter(label -> label.startsWith("--"))
            .collect(Collectors.toSet());
    assertEquals(options, labels);
  }

  @Test
  void value_ofDifferences() {
    TrainingConfig before =
        Profile.STANDARD.config().toBuilder().optimizer(it -> it.name("adam")).build();
    TrainingConfig after =
        before.toBuilder()
            .model(it -> it.layers(3))
            .optimizer(it -> it.noClipNorm().hyperparameter("epsilon", 0.5))
            .build();
    List<String> told =
        Setting.differences(before, after).stream()
            .map(it ->
                SettingText.label(it.after())
                    + " "
                    + SettingText.value(it.before())
                    + " "
                    + SettingText.value(it.after()))
            .toList();
    assertEquals(
        List.of("--layers 1 3", "--optimizer-option none epsilon=0.5", "--clip-norm 5.0 none"),
        told);
  }

  @Test
  void profileTable_fits80Columns() {
    assertTrue(Stream.of(ProfileTable.lines()).allMatch(line -> line.length() <= 80));
  }
}
