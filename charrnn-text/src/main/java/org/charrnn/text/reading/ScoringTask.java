package org.charrnn.text.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.device.Piece;
import org.charrnn.text.engine.RowState;
import org.charrnn.text.engine.Start;
import org.charrnn.text.scoring.Distribution;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.jspecify.annotations.Nullable;

/** A text to be scored: its symbols, the ids that the model reads, and the losses of these. */
public final class ScoringTask {

  private static final int UNKNOWN = -1;

  private final String text;
  private final ScoringOptions.Context context;
  private final Vocabulary vocabulary;
  private final OptionalDouble unknownNats;
  private final List<String> symbols = new ArrayList<>();
  private final int[] ids; // of the context and of the known symbols, in reading order
  private final int first; // the index of the first id to read; those before it were read
  private final float @Nullable [] state; // before that id
  private final int contextLength;
  private final int[] places; // of each symbol in ids
  private final float[] losses;

  /**
   * Encodes a text.
   *
   * @param prefix the text or state before it
   * @param direction the direction in which the model reads
   * @throws UnknownSymbolException if a symbol is not in the vocabulary and there is no price for
   *     unknown symbols
   */
  public ScoringTask(
      String text,
      TextScorer.Prefix prefix,
      ReadingDirection direction,
      OptionalDouble unknownNats,
      Vocabulary vocabulary,
      Tokenizer tokenizer) {
    this.text = text;
    Start start = prefix.start();
    int[] recent = start.state().map(RowState::recent).orElse(new int[0]);
    this.context = prefix.context();
    this.first = recent.length;
    this.state = start.state().map(RowState::carried).orElse(null);
    this.vocabulary = vocabulary;
    this.unknownNats = unknownNats;
    this.contextLength = recent.length + start.ids().length;
    tokenizer.split(text, symbols::add);
    this.places = new int[symbols.size()];
    int[] read = Arrays.copyOf(recent, contextLength + symbols.size());
    System.arraycopy(start.ids(), 0, read, first, start.ids().length);
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
  public int[] ids() {
    return ids;
  }

  /** The index of the first id after which one of the text is predicted. */
  public int firstPredicting() {
    return Math.max(0, contextLength - 1);
  }

  /** Receives at the index of each id the loss of the id after it. */
  public float[] losses() {
    return losses;
  }

  /** The pieces to read; none if nothing is predicted. */
  public List<Piece> pieces(int warmUp) {
    int counted = firstPredicting();
    return counted < ids.length - 1
        ? new Piece(ids, first, counted, ids.length - 1, losses, state).split(warmUp)
        : List.of();
  }

  /** The score, after the pieces have been read. */
  public TextScore score() {
    double[] logProbabilities = new double[places.length];
    int unknown = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i] == UNKNOWN) {
        unknown++;
        String symbol = symbols.get(i);
        logProbabilities[i] =
            -unknownNats.orElseThrow() * symbol.codePointCount(0, symbol.length());
      } else if (places[i] == 0) {
        logProbabilities[i] = Distribution.ofCounts(vocabulary).logProbability(symbols.get(i));
      } else {
        logProbabilities[i] = -Math.max(0, losses[places[i] - 1]);
      }
    }
    return new TextScore(text, context, symbols, logProbabilities, unknown);
  }
}
