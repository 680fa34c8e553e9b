package org.charrnn.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.device.Piece;
import org.charrnn.text.scoring.Context;
import org.charrnn.text.scoring.TextScore;

/** A text to be scored: its symbols, the ids that the model reads, and the losses of these. */
final class ScoringTask {

  private static final int UNKNOWN = -1;

  private final String text;
  private final Context context;
  private final Vocabulary vocabulary;
  private final OptionalDouble unknownNats;
  private final List<String> symbols = new ArrayList<>();
  private final int[] ids; // of the context and of the known symbols, in reading order
  private final int contextLength;
  private final int[] places; // of each symbol in ids
  private final float[] losses;

  /**
   * Encodes a text.
   *
   * @param contextIds the ids of the context in reading order
   * @param direction the direction in which the model reads
   * @throws UnknownSymbolException if a symbol is not in the vocabulary, and has no price
   */
  ScoringTask(
      String text,
      Context context,
      int[] contextIds,
      ReadingDirection direction,
      OptionalDouble unknownNats,
      Vocabulary vocabulary,
      Tokenizer tokenizer) {
    this.text = text;
    this.context = context;
    this.vocabulary = vocabulary;
    this.unknownNats = unknownNats;
    this.contextLength = contextIds.length;
    tokenizer.split(text, symbols::add);
    this.places = new int[symbols.size()];
    int[] read = Arrays.copyOf(contextIds, contextLength + symbols.size());
    int length = contextLength;
    for (int n = 0; n < places.length; n++) {
      int i = direction == ReadingDirection.FORWARD ? n : places.length - 1 - n; // in reading order
      int id = id(symbols.get(i));
      places[i] = id == UNKNOWN ? UNKNOWN : length;
      if (id != UNKNOWN) {
        symbols.set(i, vocabulary.symbol(id)); // not a copy of it
        read[length++] = id;
      }
    }
    this.ids = Arrays.copyOf(read, length);
    this.losses = new float[length];
  }

  private int id(String symbol) {
    return unknownNats.isPresent()
        ? vocabulary.find(symbol).orElse(UNKNOWN)
        : vocabulary.id(symbol);
  }

  /** The ids to read. */
  int[] ids() {
    return ids;
  }

  /** The index of the first id after which one of the text is predicted. */
  int firstPredicting() {
    return Math.max(0, contextLength - 1);
  }

  /** Receives at the index of each id the loss of the id after it. */
  float[] losses() {
    return losses;
  }

  /** The pieces to read; none if nothing is predicted. */
  List<Piece> pieces(int warmUp) {
    int first = firstPredicting();
    return first < ids.length - 1
        ? Piece.of(ids, first, ids.length - 1, warmUp, losses)
        : List.of();
  }

  /** The score, after the pieces have been read. */
  TextScore score() {
    double[] logProbabilities = new double[places.length];
    int unknown = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] == UNKNOWN) {
        unknown++;
        String symbol = symbols.get(i);
        logProbabilities[i] =
            -unknownNats.orElseThrow() * symbol.codePointCount(0, symbol.length());
      } else if (places[i] == 0) {
        logProbabilities[i] = logFrequency(ids[0]);
      } else {
        logProbabilities[i] = -Math.max(0, losses[places[i] - 1]);
      }
    }
    return new TextScore(text, context, symbols, logProbabilities, unknown);
  }

  private double logFrequency(int id) {
    long total = vocabulary.size();
    for (Vocabulary.Entry entry : vocabulary.entries()) {
      total += entry.count();
    }
    return Math.log((vocabulary.entries().get(id).count() + 1.0) / total);
  }
}
