package org.charrnn.text.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.engine.RowModel.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whichever rows are computed together, each has the state and the scores that it has alone. */
class DeviceRowsTest {

  private static final int VOCABULARY = 11;
  private static final int ROWS = 150; // more than two steps compute at once
  private static final int READ_AT_ONCE = 8;

  private final Random random = new Random(5);
  private DeviceModel model;
  private DeviceRows rows;
  private DeviceRows alone;

  @BeforeEach
  void open() {
    String accelerator = System.getProperty("charrnn.test.accelerator", "java");
    Network network =
        new Network(new Architecture(VOCABULARY, 7, 20, 2, false), Plugins.cells().get("lstm"));
    model =
        new DeviceModel(
            OpenSession.of(() ->
                Accelerators.choose(Optional.of(accelerator))
                    .open(AcceleratorOptions.defaults().withThreads(2))),
            network);
    model.initialize(random, OptionalDouble.of(0.7));
    rows = new DeviceRows(model, VOCABULARY, Documents.NONE);
    alone = new DeviceRows(model, VOCABULARY, Documents.NONE);
  }

  @AfterEach
  void close() {
    model.close();
  }

  /** A row among others, and one that reads the same by itself. */
  private record Pair(Row among, Row alone) {}

  private int[] ids(int count) {
    return random.ints(count, 0, VOCABULARY).toArray();
  }

  private static List<Row> among(List<Pair> pairs) {
    return pairs.stream().map(Pair::among).toList();
  }

  private void step(List<Pair> pairs) {
    int[] ids = ids(pairs.size());
    rows.step(among(pairs), ids);
    for (int i = 0; i < pairs.size(); i++) {
      float[] scores = new float[VOCABULARY];
      rows.scores(i, scores);
      alone.step(List.of(pairs.get(i).alone), new int[] {ids[i]});
      float[] expected = new float[VOCABULARY];
      alone.scores(0, expected);
      assertArrayEquals(expected, scores);
    }
  }

  private void read(List<Pair> pairs) {
    int chunk = rows.chunk();
    int[] ids = ids(pairs.size() * chunk);
    rows.read(among(pairs), ids);
    for (int i = 0; i < pairs.size(); i++) {
      int[] own = new int[chunk];
      System.arraycopy(ids, i * chunk, own, 0, chunk);
      alone.read(List.of(pairs.get(i).alone), own);
    }
  }

  @Test
  void rowsThatComeAndGo() {
    List<Pair> pairs =
        new ArrayList<>(
            IntStream.range(0, ROWS).mapToObj(_ -> new Pair(rows.row(), alone.row())).toList());
    for (int i = 0; i < 150; i++) {
      Collections.shuffle(pairs, random);
      if (i % 5 == 0) {
        read(pairs.subList(0, 1 + random.nextInt(READ_AT_ONCE)));
      } else {
        int most = i % 2 == 0 ? ROWS : 20;
        step(pairs.subList(0, 1 + random.nextInt(most)));
      }
    }
    for (Pair pair : pairs) {
      assertArrayEquals(alone.state(pair.alone).carried(), rows.state(pair.among).carried());
    }
  }
}
