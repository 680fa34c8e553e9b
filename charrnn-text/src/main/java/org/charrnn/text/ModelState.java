package org.charrnn.text;

import org.charrnn.text.engine.Start;
import org.charrnn.text.reading.StateFormat;
import org.charrnn.text.scoring.Distribution;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.State;
import org.charrnn.text.scoring.TextScore;

/**
 * A state of a model. It keeps the id of the last symbol, which each request reads first, so that
 * no scores have to be kept.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class ModelState implements State {

  private final LanguageModel model;
  private final Start start;

  /**
   * A state.
   *
   * @param start the state before the last symbol, and the id of that; no id at the beginning
   */
  ModelState(LanguageModel model, Start start) {
    this.model = model;
    this.start = start;
  }

  LanguageModel model() {
    return model;
  }

  /** The state before the last symbol, and the id of that; no id at the beginning. */
  Start start() {
    return start;
  }

  @Override
  public State read(String text) {
    return model.read(this, text);
  }

  @Override
  public Distribution next() {
    return model.next(start);
  }

  @Override
  public TextScore score(String text) {
    return model.score(text, ScoringOptions.standard().after(this));
  }

  @Override
  public byte[] toBytes() {
    return StateFormat.write(start, model.digest());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelState that
        && start.equals(that.start)
        && (model == that.model || model.digest().equals(that.model.digest()));
  }

  @Override
  public int hashCode() {
    return start.hashCode();
  }
}
