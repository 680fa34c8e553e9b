package org.charrnn.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.charrnn.spark.model.BroadcastModel;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.scoring.TextScore;
import org.jspecify.annotations.Nullable;

/**
 * Adds scores to the rows of a partition, in their order; the model reads many rows at a time.
 *
 * @param model the model
 * @param column the index of the texts
 * @param unknownNats the price of an unknown character; negative to reject it
 * @param spanLength the length of the most surprising span
 */
record ScorePartition(BroadcastModel model, int column, double unknownNats, int spanLength)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Scored(rows, model.inTask());
  }

  private final class Scored implements Iterator<Row> {

    private final Texts texts;
    private final Iterator<TextScore> scores;

    Scored(Iterator<Row> rows, LanguageModel model) {
      this.texts = new Texts(rows);
      Stream<String> stream =
          StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(texts, Spliterator.ORDERED | Spliterator.NONNULL),
              false);
      this.scores = model.scoreAll(stream, ScoreRow.options(unknownNats)).iterator();
    }

    @Override
    public boolean hasNext() {
      return !texts.taken.isEmpty() || scores.hasNext() || !texts.taken.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = texts.taken.remove();
      Row score = row.isNullAt(column) ? null : ScoreRow.of(scores.next(), spanLength);
      return Rows.with(row, score);
    }
  }

  /** The texts of rows; remembers the rows until they have their scores. */
  private final class Texts implements Iterator<String> {

    private final Deque<Row> taken = new ArrayDeque<>();
    private final Iterator<Row> rows;
    private @Nullable String next;

    Texts(Iterator<Row> rows) {
      this.rows = rows;
    }

    /** Takes rows until one has a text. */
    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        Row row = rows.next();
        taken.add(row);
        next = row.isNullAt(column) ? null : row.getString(column);
      }
      return next != null;
    }

    @Override
    public String next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      String text = next;
      next = null;
      return text;
    }
  }
}
