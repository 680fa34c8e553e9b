package org.charrnn.graph;

/** The type of the elements of a tensor. */
public enum Type {
  /** 32-bit IEEE 754 floating point: parameters, states and activations. */
  F32,
  /** 32-bit signed integers: ids of symbols and indices of rows. */
  I32
}
