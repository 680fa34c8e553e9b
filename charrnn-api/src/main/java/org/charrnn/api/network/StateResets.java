package org.charrnn.api.network;

/** Whether a program resets the state of the network within a window, where a document begins. */
public enum StateResets {
  /** Never: the text is one document. */
  NONE,
  /** Where the input {@link BufferNames#STATE_MASK} is 0. */
  MASKED
}
