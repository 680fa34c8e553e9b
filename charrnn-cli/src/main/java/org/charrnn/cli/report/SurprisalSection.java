package org.charrnn.cli.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.charrnn.cli.record.Surprisals;
import org.charrnn.text.evaluation.Surprisal;

/**
 * Held-out text with each symbol colored by its surprisal.
 *
 * @param surprisals the symbols and their surprisals
 */
record SurprisalSection(Surprisals surprisals) {

  /** The highest class of color; each class is one nat wide. */
  private static final int MOST = 9;

  String html() {
    if (surprisals.symbols().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    surprisals.symbols().forEach(surprise -> text.append(span(surprise)));
    return String.format(
        Locale.ROOT,
        """
        <section>
        <h2>Surprisal</h2>
        <p class="note">The start of the held-out text at step %s, mean %s nats per character. Darker characters were less probable to the model; point at one, or tap it, to see its predictions.</p>
        <div class="legend" aria-hidden="true"><span>0 nats</span>%s<span>%d nats or more: at most 1 in %s</span></div>
        <div class="text surprise">%s</div>
        <div class="expected" aria-live="polite"></div>
        </section>
        """,
        Html.count(surprisals.step()),
        Html.number(surprisals.mean(), 3),
        swatches(),
        MOST,
        Html.count(Math.round(Math.exp(MOST))),
        text);
  }

  private static String swatches() {
    StringBuilder swatches = new StringBuilder();
    for (int level = 0; level <= MOST; level++) {
      swatches.append(String.format(Locale.ROOT, "<i class=\"s%d\"></i>", level));
    }
    return swatches.toString();
  }

  private static String span(Surprisal surprise) {
    int level = (int) Math.min(MOST, Math.floor(surprise.nats()));
    boolean endsLine = surprise.symbol().equals("\n");
    return String.format(
        Locale.ROOT,
        "<span class=\"s%d\" title=\"%s\">%s</span>",
        level,
        Html.escape(words(surprise)),
        endsLine ? "↵\n" : Html.escape(surprise.symbol()));
  }

  private static String words(Surprisal surprise) {
    return String.format(
        Locale.ROOT,
        "%s: %s, %s nats. Predicted: %s",
        visible(surprise.symbol()),
        probability(Math.exp(-surprise.nats())),
        Html.number(surprise.nats(), 2),
        surprise.expected().stream()
            .map(it -> visible(it.symbol()) + " " + probability(it.probability()))
            .collect(Collectors.joining(", ")));
  }

  private static String visible(String symbol) {
    return switch (symbol) {
      case "\n" -> "↵";
      case " " -> "␣";
      case "\t" -> "⇥";
      default -> symbol;
    };
  }

  private static String probability(double p) {
    return p >= 0.0995
        ? String.format(Locale.ROOT, "%.0f %%", 100 * p)
        : p >= 0.000_95
            ? String.format(Locale.ROOT, "%.2g %%", 100 * p)
            : "1 in " + Html.count(Math.round(1 / Math.max(p, 1e-12)));
  }
}
