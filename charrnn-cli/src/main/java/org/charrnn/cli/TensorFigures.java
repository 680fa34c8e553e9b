package org.charrnn.cli;

import org.charrnn.text.checkpoint.HostTensor;

/**
 * Statistics of the finite elements of a tensor; NaN if there are none.
 *
 * @param mean the mean
 * @param deviation the standard deviation
 * @param minimum the minimum
 * @param maximum the maximum
 * @param norm the Euclidean norm
 * @param notFinite the number of elements that are infinite or NaN
 */
record TensorFigures(
    double mean, double deviation, double minimum, double maximum, double norm, long notFinite) {

  static TensorFigures of(HostTensor tensor) {
    double sum = 0;
    double squares = 0;
    double minimum = Double.NaN;
    double maximum = Double.NaN;
    long finite = 0;
    for (float value : tensor.values()) {
      if (Float.isFinite(value)) {
        finite++;
        sum += value;
        squares += (double) value * value;
        minimum = value >= minimum ? minimum : value; // replaces NaN
        maximum = value <= maximum ? maximum : value;
      }
    }
    double mean = sum / finite;
    double variance = Math.max(0, squares / finite - mean * mean);
    return new TensorFigures(
        mean,
        finite == 0 ? Double.NaN : Math.sqrt(variance),
        minimum,
        maximum,
        Math.sqrt(squares),
        tensor.values().length - finite);
  }
}
