package org.charrnn.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.charrnn.cli.record.MeasuredSamples;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.Sample;

/**
 * The texts that the model generated at each save, and statistics of them.
 *
 * @param run the run
 */
record SampleSection(Run run) {

  /** More would not be read on a page. */
  private static final int MOST_SAMPLES = 60;

  private static final int MOST_ROWS = 30;

  String html() {
    return run.samples().isEmpty() && run.measures().isEmpty()
        ? ""
        : "<section>\n<h2>Samples</h2>\n" + samples() + measures() + "</section>\n";
  }

  private String samples() {
    List<Sample> shown = thinned(run.samples(), MOST_SAMPLES);
    if (shown.isEmpty()) {
      return "";
    }
    String note =
        shown.size() < run.samples().size()
            ? String.format(
                Locale.ROOT, " %d of %d saves are shown.", shown.size(), run.samples().size())
            : "";
    return String.format(
        Locale.ROOT,
        """
        <p class="note">One text for each save, at temperature %s, from the prompt “%s”.%s</p>
        <div class="samples">
        %s</div>
        """,
        run.config().sample().temperature(),
        Html.escape(run.config().sample().prompt().orElse("")),
        note,
        shown.stream().map(SampleSection::card).collect(Collectors.joining()));
  }

  /** The last one, and earlier ones at equal intervals. */
  private static <T> List<T> thinned(List<T> all, int most) {
    int every = Math.max(1, Math.ceilDiv(all.size(), most));
    return IntStream.range(0, all.size())
        .filter(i -> (all.size() - 1 - i) % every == 0)
        .mapToObj(all::get)
        .toList();
  }

  private static String card(Sample sample) {
    return String.format(
        Locale.ROOT,
        """
        <article><h3>epoch %d <span>step %s</span></h3><p class="text">%s</p></article>
        """,
        sample.epoch(),
        Html.count(sample.step()),
        Html.escape(sample.text()));
  }

  // ---- statistics

  private String measures() {
    if (run.measures().isEmpty()) {
      return "";
    }
    MeasuredSamples last = run.measures().getLast();
    StringBuilder rows = new StringBuilder();
    thinned(run.measures(), MOST_ROWS).forEach(row -> rows.append(row(row)));
    return String.format(
        Locale.ROOT,
        """
        <p class="note">Statistics of %d texts of %d characters each, generated at each save with temperature 0.8 and top-p 0.9. Fewer repeated 4-grams and shorter copies from the training text are better.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col">epoch</th><th scope="col">step</th><th scope="col">distinct 2-grams</th><th scope="col">repeated 4-grams</th><th scope="col">longest repeat</th><th scope="col">copied 8-grams</th><th scope="col">longest copy</th><th scope="col">95th percentile of the longest copy</th></tr></thead>
        <tbody>
        %s</tbody></table></div>
        """,
        last.samples(),
        last.characters() / last.samples(),
        rows);
  }

  private static String row(MeasuredSamples row) {
    boolean compared = row.longestCopy().isPresent();
    return String.format(
        Locale.ROOT,
        "<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
        row.epoch(),
        Html.count(row.step()),
        Html.percent(row.distinct2()),
        Html.percent(row.repeated4()),
        row.longestRepeat(),
        compared ? Html.percent(row.copied8()) : "–",
        compared ? row.longestCopy().getAsInt() : "–",
        compared ? row.longestCopyOf95Percent().orElse(0) : "–");
  }
}
