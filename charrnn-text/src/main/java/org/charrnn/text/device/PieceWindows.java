package org.charrnn.text.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.text.encoding.Documents;
import org.jspecify.annotations.Nullable;

/**
 * Reads pieces of texts in windows {@code [T, B]}: each row reads one piece after another, and the
 * next one begins where the previous one ends, within a window. The results of a piece do not
 * depend on the other pieces, provided that the accelerator computes each row of a batch as it
 * would alone. {@link #run} reads one window, so that a caller can do something else in between.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class PieceWindows {

  private static final int MAX_ROWS = 32;
  private static final int LONG_WINDOW = 64;
  private static final int SHORT_WINDOW = 16;

  private final DeviceModel model;
  private final Documents documents;
  private final ReadingProgram.Output output;
  private final Map<List<Integer>, ReadingProgram> programs = new RecentlyUsed();
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private List<Row> rows = new ArrayList<>();
  private @Nullable ReadingProgram current;

  /** The programs that were used last; others are released with their memory. */
  @SuppressWarnings("serial")
  private static final class RecentlyUsed extends LinkedHashMap<List<Integer>, ReadingProgram> {

    private static final int KEPT = 8;

    RecentlyUsed() {
      super(2 * KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<List<Integer>, ReadingProgram> eldest) {
      return size() > KEPT;
    }
  }

  /** A row with the piece that it reads. */
  private static final class Row {
    private Piece piece;
    private int next;
    private int slot = -1; // its row in the current program; none before its first window

    Row(Piece piece) {
      this.piece = piece;
      this.next = piece.first();
    }

    int remaining() {
      return piece.end() - next;
    }
  }

  /**
   * Consecutive ids of a piece that a row reads in one window.
   *
   * @param t the time step of the first one
   * @param first its index in the text
   * @param count their number
   */
  private record Segment(Row row, Piece piece, int t, int first, int count) {}

  private PieceWindows(DeviceModel model, Documents documents, ReadingProgram.Output output) {
    this.model = model;
    this.documents = documents;
    this.output = output;
  }

  /**
   * Computes the loss of the id after each id that is read. A piece must not read the last id of
   * its text.
   *
   * @param documents where the state is reset
   */
  public static PieceWindows losses(DeviceModel model, Documents documents) {
    return new PieceWindows(model, documents, ReadingProgram.Output.LOSSES);
  }

  /**
   * Computes the output of the last layer after each id.
   *
   * @param documents where the state is reset
   */
  public static PieceWindows hiddenStates(DeviceModel model, Documents documents) {
    return new PieceWindows(model, documents, ReadingProgram.Output.HIDDEN);
  }

  /** Adds a piece, which is read after those that were added before. */
  public void add(Piece piece) {
    waiting.add(piece);
  }

  /** Whether all pieces are finished or canceled. */
  public boolean isEmpty() {
    return waiting.isEmpty() && rows.isEmpty();
  }

  /**
   * Reads one window.
   *
   * @return the pieces that are finished or have failed
   */
  public List<Piece> run() {
    rows.removeIf(row -> row.piece.isCancelled());
    waiting.removeIf(Piece::isCancelled);
    while (rows.size() < MAX_ROWS && !waiting.isEmpty()) {
      rows.add(new Row(waiting.remove()));
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    ReadingProgram program = program();
    arrangeStates(program);
    List<Segment> segments = fill(program);
    program.run();
    return collect(program, segments);
  }

  /** The smallest program for all rows, with short windows if all pieces end within one. */
  private ReadingProgram program() {
    int size = Math.max(1, Integer.highestOneBit(2 * rows.size() - 1));
    int longest = rows.stream().mapToInt(Row::remaining).max().orElseThrow();
    boolean shortOnes =
        longest <= SHORT_WINDOW && waiting.stream().noneMatch(Piece::beginsFromZero);
    return programs.computeIfAbsent(
        List.of(shortOnes ? SHORT_WINDOW : LONG_WINDOW, size),
        key -> new ReadingProgram(model, key.getFirst(), key.getLast(), output));
  }

  // ---- states

  /** Gives each row a place in the program, with its state. */
  private void arrangeStates(ReadingProgram program) {
    boolean same = program == current;
    boolean given = rows.stream().anyMatch(row -> row.slot < 0 && !row.piece.beginsFromZero());
    if (!same || given) {
      moveStates(program);
      current = program;
      return;
    }
    boolean[] taken = new boolean[program.rows];
    rows.stream().filter(row -> row.slot >= 0).forEach(row -> taken[row.slot] = true);
    int free = 0;
    for (Row row : rows) {
      if (row.slot < 0) {
        while (taken[free]) {
          free++;
        }
        taken[free] = true;
        row.slot = free;
      }
    }
  }

  /** Writes the states of all rows; unused rows become zero. */
  private void moveStates(ReadingProgram program) {
    float[][] before = current == null ? new float[0][] : current.readStates();
    float[][] after = program.zeroStates();
    for (int slot = 0; slot < rows.size(); slot++) {
      Row row = rows.get(slot);
      float[] given = row.piece.start();
      for (int i = 0; i < after.length; i++) {
        int hidden = after[i].length / program.rows;
        if (row.slot >= 0) {
          System.arraycopy(before[i], row.slot * hidden, after[i], slot * hidden, hidden);
        } else if (given != null) {
          System.arraycopy(given, i * hidden, after[i], slot * hidden, hidden);
        }
      }
      row.slot = slot;
    }
    program.writeStates(after);
  }

  // ---- windows

  private List<Segment> fill(ReadingProgram program) {
    Arrays.fill(program.ids, 0);
    Arrays.fill(program.targets, -1);
    Arrays.fill(program.stateMask, 1);
    List<Segment> segments = new ArrayList<>();
    for (Row row : rows) {
      int t = 0;
      while (t < program.steps) {
        int count = Math.min(program.steps - t, row.remaining());
        fill(program, row, t, count);
        segments.add(new Segment(row, row.piece, t, row.next, count));
        row.next += count;
        t += count;
        if (row.remaining() > 0 || !takeNext(row)) {
          break;
        }
      }
    }
    return segments;
  }

  private void fill(ReadingProgram program, Row row, int t, int count) {
    Piece piece = row.piece;
    for (int i = 0; i < count; i++) {
      int index = row.next + i;
      int place = (t + i) * program.rows + row.slot;
      boolean begins = index == piece.first() && piece.beginsFromZero();
      program.ids[place] = piece.ids()[index];
      program.targets[place] = piece.target(index);
      program.stateMask[place] = begins || documents.beginAt(piece.ids(), index, 0) ? 0 : 1;
    }
  }

  /** Begins the next piece that begins from zero in this row. */
  private boolean takeNext(Row row) {
    for (Iterator<Piece> pieces = waiting.iterator(); pieces.hasNext(); ) {
      Piece piece = pieces.next();
      if (piece.beginsFromZero()) {
        pieces.remove();
        row.piece = piece;
        row.next = piece.first();
        return true;
      }
    }
    return false;
  }

  // ---- results

  private List<Piece> collect(ReadingProgram program, List<Segment> segments) {
    List<Piece> finished = new ArrayList<>();
    List<Row> spoiled = new ArrayList<>();
    List<Piece> again = new ArrayList<>();
    for (Segment segment : segments) {
      if (spoiled.contains(segment.row)) {
        again.add(segment.piece); // a number that is not finite outlives a reset of the state
      } else {
        read(program, segment);
        boolean failed = segment.piece.failure().isPresent();
        if (failed) {
          spoiled.add(segment.row);
        }
        if (failed || segment.first + segment.count == segment.piece.end()) {
          segment.piece.finish();
          finished.add(segment.piece);
        }
      }
    }
    again.reversed().forEach(waiting::addFirst);
    rows.removeIf(row -> spoiled.contains(row) || row.remaining() == 0);
    if (!spoiled.isEmpty()) {
      moveStates(program); // which resets the states of unused rows
    }
    return finished;
  }

  private static void read(ReadingProgram program, Segment segment) {
    int width = program.width();
    for (int i = 0; i < segment.count && segment.piece.failure().isEmpty(); i++) {
      int place = (segment.t + i) * program.rows + segment.row.slot;
      segment.piece.accept(segment.first + i, program.results, place * width, width);
    }
  }
}
