package org.charrnn.api.network;

/**
 * How the gradients of the windows of a step are summed. The results differ by roundings. A step of
 * one window sums nothing.
 */
public enum GradientSum {
  /**
   * Each gradient is complete before it is added, so that the sum has the same bits wherever the
   * gradients are computed.
   */
  COMPLETE,
  /**
   * A gradient that is a product is added to the sum term by term, which takes less memory. Runs of
   * earlier versions were trained with this.
   */
  RUNNING
}
