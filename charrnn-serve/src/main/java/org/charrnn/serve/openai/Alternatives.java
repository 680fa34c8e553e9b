package org.charrnn.serve.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.serve.models.LoadedModel;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;

/** The most probable symbols in the place of each symbol of a text that was scored. */
final class Alternatives {

  private Alternatives() {}

  /**
   * The alternatives of each symbol, with their log-probabilities.
   *
   * @param score the score of the text; its own log-probabilities are among the alternatives
   * @param top how many to list
   */
  static List<Map<String, Double>> of(LoadedModel loaded, TextScore score, int top) {
    boolean hasContext = score.context() instanceof ScoringOptions.Context.Text;
    List<String> symbols = score.symbols();
    List<Map<String, Double>> all = new ArrayList<>();
    boolean backward = loaded.model().config().model().direction() == ReadingDirection.BACKWARD;
    if (symbols.isEmpty() || score.unknown() > 0 || (backward && !hasContext)) {
      symbols.forEach(_ -> all.add(Map.of()));
      return all;
    }
    String before =
        score.context() instanceof ScoringOptions.Context.Text(String text)
            ? text
            : symbols.getFirst();
    int first = hasContext ? 0 : 1;
    double[] own = score.logProbabilities();
    if (first == 1) {
      all.add(Map.of()); // its price does not come from the model
    }
    String rest = loaded.join(symbols.subList(first, symbols.size()));
    if (rest.isEmpty()) {
      return all;
    }
    for (Surprisal surprisal : loaded.model().surprisals(before, rest, top)) {
      all.add(of(surprisal, own[all.size()]));
    }
    return all;
  }

  /**
   * The alternatives of one symbol, with their log-probabilities.
   *
   * @param own that of the symbol itself, which is among them
   */
  static Map<String, Double> of(Surprisal surprisal, double own) {
    Map<String, Double> map = new LinkedHashMap<>();
    surprisal
        .expected()
        .forEach(expected -> map.put(expected.symbol(), Math.log(expected.probability())));
    map.put(surprisal.symbol(), own);
    return map;
  }
}
