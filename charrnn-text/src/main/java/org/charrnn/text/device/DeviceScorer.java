package org.charrnn.text.device;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.text.decoding.Scorer;
import org.charrnn.text.encoding.Documents;

/**
 * Scores the next ids by a model in a session. A prompt that all rows share is read once, in a
 * single row, so that its cost and its result do not depend on the number of rows.
 *
 * <p><b>Thread safety.</b> That of the session.
 */
public final class DeviceScorer implements Scorer {

  private final DeviceModel model;
  private final int vocabularySize;
  private final Documents documents;
  private final Map<Integer, GenerationProgram> programs = new RecentlyUsed();
  private final GenerationProgram single;
  private GenerationProgram current;

  /**
   * Compiles a step for a single row; steps for more rows are compiled when they are first used.
   *
   * @param documents where the state is reset
   */
  public DeviceScorer(DeviceModel model, int vocabularySize, Documents documents) {
    this.documents = documents;
    this.model = model;
    this.vocabularySize = vocabularySize;
    this.single = new GenerationProgram(model, vocabularySize, 1, documents);
    this.current = single;
  }

  /** The programs of the last few numbers of rows; others are released with their memory. */
  @SuppressWarnings("serial")
  private static final class RecentlyUsed extends LinkedHashMap<Integer, GenerationProgram> {

    private static final int KEPT = 2; // a full batch and the rest

    RecentlyUsed() {
      super(2 * KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, GenerationProgram> eldest) {
      return size() > KEPT;
    }
  }

  @Override
  public int vocabularySize() {
    return vocabularySize;
  }

  @Override
  public void begin(int[] ids, int rows) {
    single.begin(ids);
    if (rows == 1) {
      current = single;
      single.fetch();
    } else {
      current =
          programs.computeIfAbsent(
              rows,
              batchSize -> new GenerationProgram(model, vocabularySize, batchSize, documents));
      current.begin(single);
    }
  }

  @Override
  public void advance(int[] parents, int[] ids) {
    int[] same = new int[parents.length];
    Arrays.setAll(same, row -> row);
    if (!Arrays.equals(parents, same)) {
      current.rearrange(parents);
    }
    current.advance(ids);
    current.fetch();
  }

  @Override
  public void scores(int row, float[] scores) {
    current.scores(row, scores);
  }
}
