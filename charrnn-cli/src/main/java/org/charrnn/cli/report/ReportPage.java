package org.charrnn.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.charrnn.cli.options.SettingText;
import org.charrnn.cli.record.MeasuredSamples;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.RunFacts;
import org.charrnn.cli.record.RunHistory;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.settings.Setting;
import tools.jackson.databind.json.JsonMapper;

/**
 * A self-contained page about a run: it needs no network and no other file.
 *
 * @param run the run
 */
record ReportPage(Run run) {

  /** The page. */
  String html() {
    RunCharts charts = new RunCharts(run);
    List<Chart> all = new ArrayList<>();
    all.add(charts.loss());
    all.addAll(charts.others());
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s<main>
        %s%s%s%s%s</main>
        <script type="application/json" id="data">%s</script>
        <script>
        %s</script>
        </body>
        </html>
        """,
        Html.escape(run.name()),
        resource("report.css"),
        header(),
        curves(all),
        new SampleSection(run).html(),
        run.surprisals().map(SurprisalSection::new).map(SurprisalSection::html).orElse(""),
        baseline(),
        configuration(),
        data(all),
        resource("report.js"));
  }

  // ---- key figures

  private String header() {
    RunFacts facts = run.facts();
    return String.format(
        Locale.ROOT,
        """
        <header>
        <h1>%s</h1>
        <p>%s, trained on <b>%s</b>: %s training characters, %s held out, vocabulary of %s. Accelerator: %s.</p>
        <dl class="tiles">
        %s</dl>
        </header>
        """,
        Html.escape(run.name()),
        Html.escape(model()),
        Html.escape(facts.corpus()),
        Html.count(facts.trainingCharacters()),
        Html.count(facts.heldOutCharacters()),
        Html.count(facts.vocabulary()),
        Html.escape(facts.accelerator()),
        tiles());
  }

  private String model() {
    int layers = run.config().model().layers();
    return String.format(
        Locale.ROOT,
        "%s with %d %s of %d, %s parameters",
        run.config().model().cell(),
        layers,
        layers == 1 ? "layer" : "layers",
        run.config().model().hiddenSize(),
        Html.count(run.facts().parameters()));
  }

  private String tiles() {
    StringBuilder tiles = new StringBuilder();
    RunHistory history = run.history();
    history
        .best()
        .ifPresent(best ->
            tiles.append(
                tile(
                    "best loss on held-out text",
                    Html.number(best.nats(), 3),
                    "nats per character, at step "
                        + Html.count(best.step())
                        + "; "
                        + Html.number(best.nats() / Math.log(2), 3)
                        + " bits, perplexity "
                        + Html.number(Math.exp(best.nats()), 1))));
    run.facts()
        .test()
        .ifPresent(nats ->
            tiles.append(
                tile(
                    "loss on the test text",
                    Html.number(nats, 3),
                    String.format(
                        Locale.ROOT,
                        "nats per character over %s characters, measured once at the end",
                        Html.count(run.facts().testCharacters())))));
    bestByCounting().ifPresent(counted -> tiles.append(comparison(counted)));
    tiles.append(
        tile(
            "trained for",
            Html.count(history.lastStep()),
            String.format(
                Locale.ROOT,
                "of %s steps; epoch %d",
                Html.count(run.facts().totalSteps()),
                history.lastEpoch())));
    MeasuredSamples.last(run.measures())
        .ifPresent(last ->
            tiles.append(
                tile(
                    "repeated 4-grams",
                    Html.percent(last.repeated4()),
                    "of the latest samples; distinct 2-grams " + Html.percent(last.distinct2()))));
    return tiles.toString();
  }

  private Optional<Baseline.NGramLoss> bestByCounting() {
    return run.facts().baseline().stream()
        .min(Comparator.comparingDouble(row -> row.loss().nats()));
  }

  private String comparison(Baseline.NGramLoss counted) {
    return run.history()
        .best()
        .map(best -> {
          double gain = counted.loss().nats() - best.nats();
          return tile(
              "compared with n-grams",
              (gain >= 0 ? "−" : "+") + Html.number(Math.abs(gain), 3),
              String.format(
                  Locale.ROOT,
                  "nats %s than the %s, the best n-gram model, at %s",
                  gain >= 0 ? "less" : "more",
                  counted.name(),
                  Html.number(counted.loss().nats(), 3)));
        })
        .orElse("");
  }

  private static String tile(String name, String figure, String more) {
    return String.format(
        Locale.ROOT,
        "<div><dt>%s</dt><dd><b>%s</b> <span>%s</span></dd></div>\n",
        Html.escape(name),
        Html.escape(figure),
        Html.escape(more));
  }

  // ---- curves

  private static String curves(List<Chart> charts) {
    StringBuilder curves = new StringBuilder("<section>\n<h2>Progress</h2>\n");
    curves.append(charts.getFirst().html()).append("<div class=\"small\">\n");
    charts.stream().skip(1).map(Chart::html).forEach(curves::append);
    return curves.append("</div>\n</section>\n").toString();
  }

  private static String data(List<Chart> charts) {
    Map<String, Object> data = new LinkedHashMap<>();
    charts.forEach(chart -> data.put(chart.id(), chart.data()));
    return Html.script(JsonMapper.shared().writeValueAsString(data));
  }

  // ---- tables

  private String baseline() {
    RunFacts facts = run.facts();
    StringBuilder rows = new StringBuilder();
    for (Baseline.NGramLoss row : facts.baseline()) {
      rows.append(
          String.format(
              Locale.ROOT,
              "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n",
              Html.escape(row.name()),
              Html.number(row.loss().nats(), 4),
              Html.number(row.loss().bits(), 4),
              Html.number(row.loss().perplexity(), 2)));
    }
    String table =
        rows.isEmpty()
            ? String.format(
                Locale.ROOT,
                "<p class=\"note\">%s.</p>\n",
                Html.escape(
                    facts.baselineNote().isEmpty()
                        ? "measured at the first save"
                        : facts.baselineNote()))
            : String.format(
                Locale.ROOT,
                """
                <div class="scroll"><table>
                <thead><tr><th scope="col">model</th><th scope="col">nats per character</th><th scope="col">bits per character</th><th scope="col">perplexity</th></tr></thead>
                <tbody>
                %s</tbody></table></div>
                """,
                rows);
    return String.format(
        Locale.ROOT,
        """
        <section>
        <h2>N-gram baseline</h2>
        <p class="note">N-gram models with Witten-Bell smoothing, counted on the training text and measured on the same held-out text.</p>
        %s</section>
        """,
        table);
  }

  private String configuration() {
    StringBuilder rows = new StringBuilder();
    for (Setting setting : Setting.of(run.config())) {
      rows.append(
          String.format(
              Locale.ROOT,
              "<div><dt>%s</dt><dd>%s</dd></div>\n",
              Html.escape(SettingText.label(setting)),
              Html.escape(SettingText.value(setting))));
    }
    return String.format(
        Locale.ROOT,
        """
        <section>
        <h2>Configuration</h2>
        <p class="note">The same configuration is in config.json; <code>charrnn train CORPUS --out MODEL --config config.json</code> repeats the training.</p>
        <dl class="settings">
        %s</dl>
        </section>
        """,
        rows);
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(in, name + " is in the jar").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
