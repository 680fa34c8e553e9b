package org.charrnn.testkit.reference;

/**
 * The results of a correct accelerator: every intermediate value is rounded to single precision.
 */
final class SinglePrecisionKernels extends ReferenceKernels {

  @Override
  double round(double value) {
    return (float) value;
  }
}
