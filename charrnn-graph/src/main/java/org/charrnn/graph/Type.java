package org.charrnn.graph;

/** The type of the elements of a tensor. */
public enum Type {
  /** 32-bit IEEE 754 floating point: all values that are computed with. */
  F32,
  /** 32-bit signed integers: ids of symbols and numbers of rows. */
  I32
}
