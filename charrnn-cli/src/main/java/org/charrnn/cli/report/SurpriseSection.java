package org.charrnn.cli.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.charrnn.text.evaluation.Surprisal;

/**
 * Held-out text, each symbol coloured by how much it surprisals the model.
 *
 * @param surprisals how much
 */
record SurpriseSection(SurprisalSection surprisals) {

  /** The greatest class of colour; each stands for one nat. */
  private static final int MOST = 9;

  String html() {
    if (surprisals.symbols().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    surprisals.symbols().forEach(surprise -> text.append(span(surprise)));
    return """
    <section>
    <h2>What surprisals it</h2>
    <p class="note">The beginning of the held-out text at step %s, %s nats per character on the mean. The darker, the less probable the model held the character; point at one, or tap it, to see what it expected.</p>
    <div class="legend" aria-hidden="true"><span>expected, 0 nats</span>%s<span>%d nats and more: at most 1 in %s</span></div>
    <div class="text surprise">%s</div>
    <div class="expected" aria-live="polite"></div>
    </section>
    """
        .formatted(
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
      swatches.append("<i class=\"s%d\"></i>".formatted(level));
    }
    return swatches.toString();
  }

  private static String span(Surprisal surprise) {
    int level = (int) Math.min(MOST, Math.floor(surprise.nats()));
    boolean endsLine = surprise.symbol().equals("\n");
    return "<span class=\"s%d\" title=\"%s\">%s</span>"
        .formatted(
            level, Html.escape(words(surprise)), endsLine ? "↵\n" : Html.escape(surprise.symbol()));
  }

  private static String words(Surprisal surprise) {
    return "%s: %s, %s nats. Expected: %s"
        .formatted(
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
