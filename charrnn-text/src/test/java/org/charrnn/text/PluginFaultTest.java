package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.charrnn.api.discovery.PluginException;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fault of a plugin is reported as such, with its name and place, before anything is written.
 */
class PluginFaultTest {

  @TempDir private Path folder;

  private static void assertFault(String plugin, String fault, TrainingConfig config) {
    assertFault(plugin, fault, TestRuns.CORPUS, config);
  }

  private static void assertFault(
      String plugin, String fault, Corpus corpus, TrainingConfig config) {
    String message =
        assertThrows(
                PluginException.class, () -> TestRuns.charRnn().trainer(corpus, config).close())
            .getMessage();
    assertTrue(message.contains("'" + plugin + "' has a fault: " + fault), message);
    assertTrue(message.contains(" in " + place()), message);
  }

  private static Path place() {
    var source = FaultyPlugins.class.getProtectionDomain().getCodeSource();
    return Path.of(URI.create(source.getLocation().toString()));
  }

  private static TrainingConfig withCell(String name) {
    return TestRuns.config().toBuilder().model(it -> it.cell(name)).build();
  }

  private static TrainingConfig withTokenizer(String name) {
    return TestRuns.config().toBuilder().model(it -> it.tokenizer(name)).build();
  }

  @Test
  void parameterTwice_isNotTheUsersHiddenSize() {
    assertFault("faulty-twice", "parameters has 'b' twice", withCell("faulty-twice"));
  }

  @Test
  void stepThatFails_isTheFaultOfTheCell() {
    assertFault("faulty-step", "step failed with ", withCell("faulty-step"));
  }

  @Test
  void modelThatIsTooLarge_isNotTheFaultOfTheCell() {
    TrainingConfig large = TestRuns.config().toBuilder().model(it -> it.hiddenSize(50_000)).build();
    assertEquals(
        "hiddenSize",
        assertThrows(
                InvalidOptionException.class,
                () -> TestRuns.charRnn().trainer(TestRuns.CORPUS, large))
            .option());
  }

  @Test
  void numbersOfAnOptimizer_thatFail_areNotTheUsersHyperparameters() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .optimizer(it -> it.name("faulty-rate").defaultLearningRate())
            .build();
    assertFault("faulty-rate", "defaultLearningRate failed with ", config);
  }

  @Test
  void symbolsThatAreNotTheText_areNotTrainedOn() throws IOException {
    Corpus corpus = Corpus.of("Some Text with Capital Letters. ".repeat(40));
    assertFault("faulty-lossy", "the symbols of a text", corpus, withTokenizer("faulty-lossy"));
    Path file = Files.writeString(folder.resolve("large.txt"), corpus.text());
    assertFault(
        "faulty-lossy",
        "the symbols of a text",
        Corpus.read(file, Corpus.LineEndings.FOLD, 10),
        withTokenizer("faulty-lossy"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
