package org.charrnn.cli;

import org.charrnn.text.checkpoint.HostTensor;

/**
 * What the numbers of a tensor are like. Means are over the finite ones; NaN if there are none.
 *
 * @param mean their mean
 * @param deviation their standard deviation
 * @param least the least of them
 * @param greatest the greatest of them
 * @param norm the root of the sum of their squares
 * @param notFinite how many are infinite or not a number
 */
record TensorFigures(
    double mean, double deviation, double least, double greatest, double norm, long notFinite) {

  static TensorFigures of(HostTensor tensor) {
    double sum = 0;
    double squares = 0;
    double least = Double.NaN;
    double greatest = Double.NaN;
    long finite = 0;
    for (float value : tensor.values()) {
      if (Float.isFinite(value)) {
        finite++;
        sum += value;
        squares += (double) value * value;
        least = value >= least ? least : value; // NaN gives way
        greatest = value <= greatest ? greatest : value;
      }
    }
    double mean = sum / finite;
    double variance = Math.max(0, squares / finite - mean * mean);
    return new TensorFigures(
        mean,
        finite == 0 ? Double.NaN : Math.sqrt(variance),
        least,
        greatest,
        Math.sqrt(squares),
        tensor.values().length - finite);
  }
}
