package org.charrnn.cli.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.text.evaluation.Surprisal;
import tools.jackson.databind.json.JsonMapper;

/**
 * The surprisal of each symbol at the start of the held-out text, at a save: {@code surprise.json}.
 *
 * @param step the number of steps completed
 * @param symbols the symbols in order
 */
public record Surprisals(long step, List<Surprisal> symbols) {

  /** The mean in nats per character; NaN without symbols. */
  public double mean() {
    return symbols.stream().mapToDouble(Surprisal::nats).average().orElse(Double.NaN);
  }

  public String json() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Surprisal surprise : symbols) {
      List<List<Object>> expected = new ArrayList<>();
      surprise.expected().forEach(it -> expected.add(List.of(it.symbol(), it.probability())));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("symbol", surprise.symbol());
      row.put("nats", surprise.nats());
      row.put("expected", expected);
      rows.add(row);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("step", step);
    object.put("symbols", rows);
    return JsonMapper.shared().writeValueAsString(object) + "\n";
  }

  /**
   * Parses the file.
   *
   * @throws IOException if the text is malformed
   */
  public static Surprisals parse(String text) throws IOException {
    JsonFields fields = JsonFields.parse(text);
    List<Surprisal> symbols = new ArrayList<>();
    for (JsonFields symbol : fields.objects("symbols")) {
      List<Surprisal.Expected> expected =
          symbol.pairs("expected").stream()
              .map(pair -> new Surprisal.Expected(pair.text(), pair.number()))
              .toList();
      symbols.add(new Surprisal(symbol.text("symbol"), symbol.number("nats"), expected));
    }
    return new Surprisals(fields.integer("step", 0), symbols);
  }
}
