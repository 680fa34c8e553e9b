package org.charrnn.cli;

/** Texts for training. */
final class Texts {

  /** Twenty different characters, thirty to a line. */
  static final String CHOICES = "选择是一件小事，也是一件大事。人总要选，选了就走下去。\n".repeat(12);

  /** Options for a training of a few milliseconds a step. */
  static final String[] SMALL = {
    "--hidden-size",
    "6",
    "--seq-length",
    "8",
    "--batch-size",
    "2",
    "--sample-length",
    "12",
    "--seed",
    "5"
  };

  private Texts() {}
}
