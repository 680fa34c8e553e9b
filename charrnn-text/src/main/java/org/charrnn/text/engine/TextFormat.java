package org.charrnn.text.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.decoding.ChosenId;
import org.charrnn.text.decoding.Hypothesis;
import org.charrnn.text.decoding.StopStrings;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;

/**
 * Turns hypotheses into text.
 *
 * @param prompt the prompt as the model read it
 * @param logProbabilities whether symbols have their log-probability
 * @param direction the direction in which symbols follow one another
 */
record TextFormat(
    Vocabulary vocabulary,
    Tokenizer tokenizer,
    StopStrings stops,
    String prompt,
    boolean logProbabilities,
    ReadingDirection direction) {

  /** How many symbols of a hypothesis are not the beginning of a stop string. */
  int certain(Hypothesis hypothesis) {
    return hypothesis.size() - stops.heldBack(hypothesis);
  }

  /** The symbol at {@code index} after the prompt. */
  GeneratedSymbol symbol(Hypothesis hypothesis, int index) {
    ChosenId chosen = hypothesis.chosen(index);
    return symbol(vocabulary.symbol(chosen.id()), chosen);
  }

  /** The symbols from an index after the prompt to another one. */
  List<GeneratedSymbol> symbols(Hypothesis hypothesis, int from, int to) {
    List<GeneratedSymbol> symbols = new ArrayList<>(to - from);
    for (ChosenId chosen : hypothesis.chosen(from, to)) {
      symbols.add(symbol(vocabulary.symbol(chosen.id()), chosen));
    }
    return symbols;
  }

  private GeneratedSymbol symbol(String symbol, ChosenId chosen) {
    return new GeneratedSymbol(
        symbol,
        logProbabilities ? OptionalDouble.of(chosen.logProbability()) : OptionalDouble.empty(),
        chosen.alternatives().isEmpty() ? List.of() : alternatives(chosen));
  }

  private List<GeneratedSymbol.Alternative> alternatives(ChosenId chosen) {
    return chosen.alternatives().stream()
        .map(it -> new GeneratedSymbol.Alternative(vocabulary.symbol(it.id()), it.logProbability()))
        .toList();
  }

  /** A text that has ended. */
  GeneratedText text(Hypothesis hypothesis) {
    List<String> kept = stops.symbols(hypothesis);
    List<ChosenId> chosen = hypothesis.chosen();
    List<GeneratedSymbol> symbols = new ArrayList<>(kept.size());
    for (int i = 0; i < kept.size(); i++) {
      symbols.add(symbol(kept.get(i), chosen.get(i)));
    }
    List<String> inOrder = direction == ReadingDirection.FORWARD ? kept : kept.reversed();
    return new GeneratedText(
        prompt, tokenizer.join(inOrder), symbols, hypothesis.ending(), direction);
  }
}
