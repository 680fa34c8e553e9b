package org.charrnn.text.reading;

import java.util.List;
import org.charrnn.text.device.Piece;
import org.charrnn.text.device.PieceWindows;
import org.charrnn.text.engine.Work;

/** Reads pieces of texts, together with the pieces of other requests. */
public final class PieceWork implements Work<List<Piece>> {

  private final List<Piece> pieces;
  private final PieceWindows windows;

  /**
   * Work on pieces.
   *
   * @param windows reads the pieces of all requests
   */
  public PieceWork(List<Piece> pieces, PieceWindows windows) {
    this.pieces = pieces;
    this.windows = windows;
  }

  @Override
  public void begin() {
    pieces.forEach(windows::add);
  }

  @Override
  public boolean advance() {
    windows.run();
    return pieces.stream().anyMatch(piece -> !piece.isFinished());
  }

  @Override
  public void end() {
    pieces.forEach(Piece::cancel);
  }

  /** The pieces, which have their results. */
  @Override
  public List<Piece> result() {
    for (Piece piece : pieces) {
      piece
          .failure()
          .ifPresent(failure -> {
            throw failure;
          });
    }
    return pieces;
  }
}
