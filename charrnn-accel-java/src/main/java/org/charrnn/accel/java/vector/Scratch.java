package org.charrnn.accel.java.vector;

/** Arrays of one thread for what lives no longer than a kernel. */
final class Scratch {

  private int leftSize;
  private int edgeSize;
  float[] left = new float[0]; // copied rows of a left operand
  float[] edge = new float[0]; // a block that stands out over the edge of a result
  float[] zeros = new float[0];

  void reserve(int leftSize, int edgeSize) {
    this.leftSize = Math.max(this.leftSize, leftSize);
    this.edgeSize = Math.max(this.edgeSize, edgeSize);
  }

  void allocate() {
    left = left.length < leftSize ? new float[leftSize] : left;
    edge = edge.length < edgeSize ? new float[edgeSize] : edge;
    zeros = zeros.length < edgeSize ? new float[edgeSize] : zeros;
  }
}
