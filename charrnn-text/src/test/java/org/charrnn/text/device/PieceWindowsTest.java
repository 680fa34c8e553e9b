package org.charrnn.text.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packing of pieces into windows. */
class PieceWindowsTest {

  private static final int VOCABULARY = 11;
  private static final int HIDDEN = 20;

  private DeviceModel model;

  @BeforeEach
  void open() {
    String accelerator = System.getProperty("charrnn.test.accelerator", "java");
    Network network =
        new Network(new Architecture(VOCABULARY, 7, HIDDEN, 2, false), Plugins.cells().get("lstm"));
    model =
        new DeviceModel(
            OpenSession.of(() ->
                Accelerators.choose(Optional.of(accelerator))
                    .open(AcceleratorOptions.defaults().withThreads(2))),
            network);
    model.initialize(new SeededRandom(3), OptionalDouble.of(0.7));
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static int[] text(int length, int seed) {
    return new SeededRandom(seed).ints(length, 0, VOCABULARY - 1).toArray();
  }

  private PieceWindows losses() {
    return PieceWindows.losses(model, Documents.NONE);
  }

  private static void readAll(PieceWindows windows, List<Piece> pieces) {
    pieces.forEach(windows::add);
    List<Piece> finished = new ArrayList<>();
    while (!windows.isEmpty()) {
      finished.addAll(windows.run());
    }
    assertEquals(pieces.size(), finished.size());
    assertTrue(finished.containsAll(pieces));
  }

  private static Piece whole(int[] ids, float[] results) {
    return new Piece(ids, 0, 0, ids.length - 1, results, null);
  }

  private float[] lossesOf(int[] ids) {
    float[] losses = new float[ids.length];
    readAll(losses(), List.of(whole(ids, losses)));
    return losses;
  }

  @Test
  void losses_areThoseOfTheEvaluation() {
    int[] ids = text(150, 1);
    double sum = 0;
    for (float loss : lossesOf(ids)) {
      sum += loss;
    }
    double nats = new EvaluationProgram(model, 150, 1, Documents.NONE).measure(Ids.of(ids)).nats();
    assertEquals(nats, sum / 149, 1e-12);
  }

  @Test
  void losses_doNotDependOnOtherPieces() {
    Random random = new Random(5);
    List<int[]> texts = new ArrayList<>();
    List<float[]> results = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int[] ids = text(2 + random.nextInt(i % 10 == 0 ? 300 : 40), i);
      texts.add(ids);
      results.add(new float[ids.length]);
      pieces.add(whole(ids, results.getLast()));
    }
    Collections.shuffle(pieces, random);
    readAll(losses(), pieces);
    for (int i = 0; i < texts.size(); i++) {
      assertArrayEquals(lossesOf(texts.get(i)), results.get(i));
    }
  }

  @Test
  void piecesAddedBetweenWindows_changeNothing() {
    int[] ids = text(500, 1);
    float[] expected = lossesOf(ids);
    float[] actual = new float[ids.length];
    PieceWindows windows = losses();
    windows.add(whole(ids, actual));
    int added = 0;
    while (!windows.isEmpty()) {
      windows.run();
      if (added < 12) {
        int[] other = text(30 + added, added);
        windows.add(whole(other, new float[other.length]));
        added++;
      }
    }
    assertEquals(12, added);
    assertArrayEquals(expected, actual);
  }

  @Test
  void hiddenStates_areTheStatesThatAPieceCanStartFrom() {
    int[] ids = text(90, 4);
    float[] hidden = new float[ids.length * HIDDEN];
    readAll(
        PieceWindows.hiddenStates(model, Documents.NONE),
        List.of(new Piece(ids, 0, 0, ids.length, hidden, null)));
    float[] zero = new float[model.network().carriedStates().size() * HIDDEN];
    float[] again = new float[ids.length * HIDDEN];
    readAll(
        PieceWindows.hiddenStates(model, Documents.NONE),
        List.of(new Piece(ids, 0, 40, ids.length, again, zero)));
    assertEquals(0, again[39 * HIDDEN]);
    for (int i = 40 * HIDDEN; i < hidden.length; i++) {
      assertEquals(hidden[i], again[i]);
    }
  }

  /** Pieces with states of their own among others: each row gets the state of its piece. */
  @Test
  void givenStates_reachTheirRows() {
    int states = model.network().carriedStates().size();
    int[] ids = text(70, 8);
    List<float[]> expected = new ArrayList<>();
    List<float[]> actual = new ArrayList<>();
    List<Piece> together = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      float[] start = new float[states * HIDDEN];
      Arrays.fill(start, i % states * HIDDEN, start.length, 0.02f * i - 0.4f);
      expected.add(new float[ids.length]);
      readAll(losses(), List.of(new Piece(ids, 0, 0, 69, expected.getLast(), start)));
      actual.add(new float[ids.length]);
      together.add(new Piece(ids, 0, 0, 69, actual.getLast(), start));
      int[] other = text(5 + i, i);
      together.add(whole(other, new float[other.length]));
    }
    readAll(losses(), together);
    for (int i = 0; i < 40; i++) {
      assertArrayEquals(expected.get(i), actual.get(i));
    }
    assertNotEquals(expected.get(0)[0], expected.get(1)[0]);
  }

  /** The state that a number that is not finite leaves behind must not reach other pieces. */
  @Test
  void pieceThatDiverges_harmsNoOther() {
    Map<String, HostTensor> tensors = model.read();
    Arrays.fill(tensors.get("embedding").values(), (VOCABULARY - 1) * 7, VOCABULARY * 7, Float.NaN);
    model.write(tensors);
    List<float[]> expected = new ArrayList<>();
    List<float[]> actual = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int[] ids = text(10 + i % 7, i);
      expected.add(lossesOf(ids));
      actual.add(new float[ids.length]);
      pieces.add(whole(ids, actual.getLast()));
      if (i % 9 == 4) {
        int[] bad = text(8, i);
        bad[3] = VOCABULARY - 1;
        pieces.add(whole(bad, new float[8]));
      }
    }
    readAll(losses(), pieces);
    for (int i = 0; i < 100; i++) {
      assertArrayEquals(expected.get(i), actual.get(i));
    }
    assertEquals(11, pieces.stream().filter(piece -> piece.failure().isPresent()).count());
  }

  @Test
  void cancelledPieces_areDropped() {
    int[] ids = text(1000, 1);
    Piece reading = whole(ids, new float[ids.length]);
    Piece waiting = whole(ids, new float[ids.length]);
    PieceWindows windows = losses();
    windows.add(reading);
    windows.run();
    windows.add(waiting);
    reading.cancel();
    waiting.cancel();
    assertFalse(windows.isEmpty());
    assertEquals(List.of(), windows.run());
    assertTrue(windows.isEmpty());
  }

  @Test
  void longText_isSplitAsInTheEvaluation() {
    int[] ids = text(5300, 9);
    float[] losses = new float[ids.length];
    List<Piece> pieces = whole(ids, losses).split(30);
    assertEquals(5, pieces.size());
    readAll(losses(), pieces);
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    double nats = new EvaluationProgram(model, 30, 5, Documents.NONE).measure(Ids.of(ids)).nats();
    assertEquals(nats, sum / 5299, 1e-12);
  }

  @Test
  void piecesBeforeTheFirstResult_areNotRead() {
    int[] ids = text(5000, 9);
    List<Piece> pieces =
        new Piece(ids, 0, 4990, ids.length - 1, new float[ids.length], null).split(30);
    assertEquals(1, pieces.size());
    assertTrue(pieces.getFirst().length() < 1100);
  }

  @Test
  void piece_ofNothing() {
    int[] ids = text(5, 1);
    assertThrows(IllegalArgumentException.class, () -> new Piece(ids, 0, 3, 3, new float[5], null));
    assertThrows(IllegalArgumentException.class, () -> new Piece(ids, 2, 1, 3, new float[5], null));
    assertThrows(IllegalArgumentException.class, () -> new Piece(ids, 0, 1, 6, new float[5], null));
  }
}
