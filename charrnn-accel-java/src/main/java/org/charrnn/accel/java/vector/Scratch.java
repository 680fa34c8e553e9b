package org.charrnn.accel.java.vector;

/**
 * Arrays of one thread for what lives no longer than a kernel. They grow while programs are
 * compiled.
 */
final class Scratch {

  float[] left = new float[0]; // packed rows of a left operand
  float[] right = new float[0]; // packed columns of a right operand
  float[] edge = new float[0]; // a block that stands out over the edge of a result
  float[] zeros = new float[0];

  void reserve(int leftSize, int rightSize, int edgeSize) {
    left = left.length < leftSize ? new float[leftSize] : left;
    right = right.length < rightSize ? new float[rightSize] : right;
    edge = edge.length < edgeSize ? new float[edgeSize] : edge;
    zeros = zeros.length < edgeSize ? new float[edgeSize] : zeros;
  }
}
