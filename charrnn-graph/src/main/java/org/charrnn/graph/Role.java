package org.charrnn.graph;

/**
 * What a named tensor is to the program that uses it, and so who fills it and how long it lives.
 */
public enum Role {
  /** A weight that is trained; shared by all programs of a model. */
  PARAMETER,
  /** What an optimizer remembers of a parameter between steps. */
  OPTIMIZER_STATE,
  /** The state of the network that one window hands to the next. */
  CARRIED_STATE,
  /** Filled by the caller before each run. */
  INPUT,
  /** Read by the caller after each run. */
  OUTPUT,
  /** Belongs to one run of one program; its memory may be shared with other temporaries. */
  TEMPORARY
}
