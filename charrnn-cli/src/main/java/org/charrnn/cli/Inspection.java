package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.charrnn.cli.options.SettingText;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.annotation.Fixed;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.settings.ConfigJson;
import org.charrnn.text.settings.Setting;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.snapshot.TrainingState;
import org.charrnn.text.unicode.VisibleText;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contents of a checkpoint, as text and as JSON.
 *
 * @param file the checkpoint
 * @param contents its contents
 * @param symbols the number of most frequent symbols to show
 */
record Inspection(Path file, Snapshot contents, int symbols) {

  private static final Comparator<Vocabulary.Entry> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(Vocabulary.Entry::count).reversed();

  private static final int MAX_WIDTH = 40;

  // ---- text

  void print(PrintWriter out) {
    Vocabulary vocabulary = contents.model().vocabulary();
    out.printf(
        Locale.ROOT,
        "%s: %,d parameters, vocabulary of %,d%n",
        VisibleText.inLine(file),
        parameters(),
        vocabulary.size());
    out.println(
        contents
            .training()
            .map(this::progress)
            .orElse("model weights only, without the state of training"));
    imported().ifPresent(origin -> out.println(importedInWords(origin)));
    if (symbols > 0) {
      out.printf(
          Locale.ROOT,
          "most frequent: %s%n",
          total() == 0 ? "unknown, the vocabulary has no counts" : mostFrequentInWords());
    }
    out.println();
    out.println("Configuration");
    printConfiguration(out);
    printTensors("Parameters", contents.model().tensors(), out);
    contents
        .training()
        .ifPresent(training -> printTensors("Training state", training.tensors(), out));
  }

  private static String importedInWords(SavedModel.Origin.Imported origin) {
    return String.format(
        Locale.ROOT,
        origin.configurationKnown()
            ? "imported from %s, with the configuration that it was exported with"
            : "imported from %s; how it was trained is unknown",
        origin.format());
  }

  /** Settings that an imported model does not have are not printed as if they were known. */
  private void printConfiguration(PrintWriter out) {
    boolean known = imported().map(SavedModel.Origin.Imported::configurationKnown).orElse(true);
    for (Setting setting : Setting.of(contents.model().config())) {
      out.printf(
          Locale.ROOT,
          "  %-26s %s%n",
          SettingText.label(setting),
          known || setting.isFixed(Fixed.Scope.PARAMETERS)
              ? SettingText.value(setting).toLowerCase(Locale.ROOT)
              : "unknown");
    }
  }

  private String progress(TrainingState training) {
    Progress progress = training.progress();
    return String.format(
        Locale.ROOT,
        "trained for %,d steps: %,d epochs and %,d windows of the next; corpus %s",
        progress.step(),
        progress.epoch(),
        progress.window(),
        training.corpusFingerprint());
  }

  private String mostFrequentInWords() {
    double total = total();
    return mostFrequent().stream()
        .map(entry ->
            String.format(
                Locale.ROOT,
                "%s %.1f %%",
                visible(entry.symbol()),
                100 * entry.count() / Math.max(1, total)))
        .collect(Collectors.joining(", "));
  }

  private static String visible(String symbol) {
    return !symbol.isBlank() && VisibleText.inLine(symbol).equals(symbol)
        ? symbol
        : symbol
            .codePoints()
            .mapToObj(value -> String.format(Locale.ROOT, "U+%04X", value))
            .collect(Collectors.joining(" "));
  }

  private static void printTensors(String title, Map<String, HostTensor> tensors, PrintWriter out) {
    int longest =
        tensors.keySet().stream().mapToInt(String::length).reduce(title.length(), Math::max);
    int width = Math.min(longest, MAX_WIDTH); // a long name of a hostile file pads no other line
    out.println();
    out.printf(
        Locale.ROOT,
        "%-" + (width + 2) + "s  %14s %12s %12s %12s %12s %12s%n",
        title,
        "shape",
        "mean",
        "deviation",
        "minimum",
        "maximum",
        "norm");
    tensors.forEach((name, tensor) -> {
      TensorFigures figures = TensorFigures.of(tensor);
      out.printf(
          Locale.ROOT,
          "  %-" + width + "s  %14s %12.5g %12.5g %12.5g %12.5g %12.5g%s%n",
          VisibleText.inLine(name),
          tensor.shape(),
          figures.mean(),
          figures.deviation(),
          figures.minimum(),
          figures.maximum(),
          figures.norm(),
          figures.notFinite() == 0 ? "" : "  NOT FINITE: " + figures.notFinite());
    });
  }

  // ---- JSON

  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", file.toString());
    object.put("parameters", parameters());
    imported().ifPresent(origin -> object.put("imported", imported(origin)));
    object.put("configuration", configuration());
    object.put("vocabulary", vocabulary());
    object.put("tensors", tensors(contents.model().tensors()));
    contents.training().ifPresent(training -> object.put("training", training(training)));
    return object;
  }

  private static Map<String, Object> imported(SavedModel.Origin.Imported origin) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("format", origin.format());
    object.put("configuration_known", origin.configurationKnown());
    return object;
  }

  private Map<?, ?> configuration() {
    return JsonMapper.shared()
        .readValue(ConfigJson.write(contents.model().config()), LinkedHashMap.class);
  }

  private Map<String, Object> vocabulary() {
    Map<String, Long> frequent = new LinkedHashMap<>();
    mostFrequent().forEach(entry -> frequent.put(entry.symbol(), entry.count()));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("size", contents.model().vocabulary().size());
    object.put("characters", total());
    object.put("most_frequent", frequent);
    return object;
  }

  private static Map<String, Object> training(TrainingState training) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("step", training.progress().step());
    object.put("epoch", training.progress().epoch());
    object.put("window", training.progress().window());
    object.put("text", training.corpusFingerprint());
    object.put("tensors", tensors(training.tensors()));
    return object;
  }

  private static Map<String, Object> tensors(Map<String, HostTensor> tensors) {
    Map<String, Object> object = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> object.put(name, tensor(tensor)));
    return object;
  }

  private static Map<String, Object> tensor(HostTensor tensor) {
    TensorFigures figures = TensorFigures.of(tensor);
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < tensor.shape().rank(); axis++) {
      shape.add(tensor.shape().size(axis));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("shape", shape);
    putFinite("mean", figures.mean(), object);
    putFinite("deviation", figures.deviation(), object);
    putFinite("minimum", figures.minimum(), object);
    putFinite("maximum", figures.maximum(), object);
    putFinite("norm", figures.norm(), object);
    object.put("not_finite", figures.notFinite());
    return object;
  }

  /** JSON has no representation of NaN and infinity. */
  private static void putFinite(String name, double value, Map<String, Object> object) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    }
  }

  // ---- both

  private Optional<SavedModel.Origin.Imported> imported() {
    return contents
        .model()
        .origin()
        .flatMap(it ->
            it instanceof SavedModel.Origin.Imported found ? Optional.of(found) : Optional.empty());
  }

  private long parameters() {
    return contents.model().tensors().values().stream()
        .mapToLong(tensor -> tensor.shape().elements())
        .sum();
  }

  private long total() {
    return contents.model().vocabulary().entries().stream()
        .mapToLong(Vocabulary.Entry::count)
        .sum();
  }

  private List<Vocabulary.Entry> mostFrequent() {
    return contents.model().vocabulary().entries().stream()
        .sorted(MOST_FREQUENT_FIRST)
        .limit(symbols)
        .toList();
  }
}
