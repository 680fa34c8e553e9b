package org.charrnn.accel.java.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of this machine.
 *
 * <p>C2 keeps vectors in registers only where it knows their species as a constant, so every
 * kernel, written by hand or generated, reads it from here.
 */
final class Lanes {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** The floats in a vector, a power of two. */
  static final int COUNT = SPECIES.length();

  /** The vector registers: AVX-512 and SVE have 32, AVX2 has 16. */
  static final int REGISTERS = COUNT >= 16 ? 32 : 16;

  private Lanes() {}
}
