package org.charrnn.interchange.layout;

/**
 * One gate of a cell, by the suffix that its parameters share: gate {@code _r} has {@code W_r},
 * {@code U_r} and {@code b_r}; the candidate, whose suffix is empty, {@code W}, {@code U} and
 * {@code b}.
 *
 * @param suffix the suffix, empty for the candidate
 */
public record Gate(String suffix) {

  /** The weight of the input, {@code [in, H]}. */
  public String inputWeight() {
    return "W" + suffix;
  }

  /** The weight of the state, {@code [H, H]}. */
  public String recurrentWeight() {
    return "U" + suffix;
  }

  /** The bias that is added to the product of the input, {@code [H]}. */
  public String inputBias() {
    return "b" + suffix;
  }

  /** The bias that is added to the product of the state, {@code [H]}; not every cell has one. */
  public String recurrentBias() {
    return "c" + suffix;
  }
}
