package org.charrnn.accel.java.vector.matmul;

/** Arrays of one worker for values that are used only while a kernel runs. */
final class Scratch {

  private int leftSize;
  private int edgeSize;
  float[] left = new float[0]; // packed rows of a left operand
  float[] edge = new float[0]; // a block that extends beyond the edge of a result
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
