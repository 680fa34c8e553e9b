package org.charrnn.cli;

/** Texts for training. */
public final class Texts {

  /** Twenty different characters, thirty to a line. */
  public static final String CHOICES = "选择是一件小事，也是一件大事。人总要选，选了就走下去。\n".repeat(12);

  /** Options for a training of a few milliseconds a step. */
  public static final String[] SMALL = {
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
