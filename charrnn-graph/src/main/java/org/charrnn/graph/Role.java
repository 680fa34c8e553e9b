package org.charrnn.graph;

/** The role of a tensor in a program: which side writes it, and how long it lives. */
public enum Role {
  /** A weight that is trained; shared by all programs of a model. */
  PARAMETER,
  /** The state of an optimizer for a parameter; kept between steps. */
  OPTIMIZER_STATE,
  /** The state of the network; carried from one window to the next. */
  CARRIED_STATE,
  /** Written by the caller before each run. */
  INPUT,
  /** Read by the caller after each run. */
  OUTPUT,
  /** Used within one run of one program; temporaries may share memory. */
  TEMPORARY
}
