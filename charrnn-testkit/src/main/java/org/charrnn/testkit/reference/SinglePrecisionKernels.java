package org.charrnn.testkit.reference;

/** What an honest accelerator computes: every intermediate value is rounded to single precision. */
final class SinglePrecisionKernels extends ReferenceKernels {

  @Override
  double round(double value) {
    return (float) value;
  }
}
