package org.charrnn.accel.tornado.layout;

/**
 * The position of a launch in its task graph. A driver may refuse a launch, which TornadoVM does
 * not report, so launches are counted on the device: each one adds to {@link #COUNT}, compares
 * itself with {@link #EXPECTED}, and stores the launch that must follow.
 *
 * @param id the number of the launch, consecutive within a graph, at least 1; 0 if launches are not
 *     counted
 * @param isFirst whether it is the first launch of its graph
 * @param isLast whether it is the last launch of its graph
 */
public record LaunchPosition(int id, boolean isFirst, boolean isLast) {

  /** The integer on the device that holds the number of launches that ran. */
  public static final int COUNT = 2;

  /**
   * The integer on the device that holds the id of the launch that must follow; 0 if that is the
   * first launch of any graph.
   */
  public static final int EXPECTED = 3;

  /** The integer on the device that holds the id of the first launch that did not run, or 0. */
  public static final int MISSING = 4;

  /** A launch that is not counted. */
  public static final LaunchPosition UNCOUNTED = new LaunchPosition(0, true, true);
}
