package org.charrnn.accel.java.codegen;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of this machine.
 *
 * <p>C2 keeps vectors in registers only where it knows their species as a constant, so every
 * kernel, written by hand or generated, reads it from here.
 */
public final class Lanes {

  /** The species of all vectors. */
  public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The floats in a vector, a power of two. */
  public static final int COUNT = SPECIES.length();

  /** The vector registers: AVX-512 and SVE have 32, AVX2 has 16. */
  public static final int REGISTERS = COUNT >= 16 ? 32 : 16;

  /** Lanes that are one apart exchanged; generated code refers to these constants by name. */
  public static final VectorShuffle<Float> EXCHANGE_1 = exchange(1);

  /** Lanes that are two apart exchanged. */
  public static final VectorShuffle<Float> EXCHANGE_2 = exchange(2);

  /** Lanes that are four apart exchanged. */
  public static final VectorShuffle<Float> EXCHANGE_4 = exchange(4);

  /** Lanes that are eight apart exchanged. */
  public static final VectorShuffle<Float> EXCHANGE_8 = exchange(8);

  /** The upper ones of lanes that are one apart. */
  public static final VectorMask<Float> UPPER_1 = upper(1);

  /** The upper ones of lanes that are two apart. */
  public static final VectorMask<Float> UPPER_2 = upper(2);

  /** The upper ones of lanes that are four apart. */
  public static final VectorMask<Float> UPPER_4 = upper(4);

  /** The upper ones of lanes that are eight apart. */
  public static final VectorMask<Float> UPPER_8 = upper(8);

  /** The most lanes for which there are constants; longer vectors do not exist yet. */
  public static final int MOST_EXCHANGED = 16;

  private Lanes() {}

  private static VectorShuffle<Float> exchange(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) % COUNT);
  }

  private static VectorMask<Float> upper(int distance) {
    boolean[] lanes = new boolean[COUNT];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }
}
