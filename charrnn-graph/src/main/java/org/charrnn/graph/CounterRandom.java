package org.charrnn.graph;

/**
 * Random numbers without state: a function of a seed and a counter, as in Salmon et al., "Parallel
 * Random Numbers: As Easy as 1, 2, 3", SC 2011. It uses integer arithmetic only, so it compiles for
 * every device.
 *
 * <p>The mixing function is the 32-bit finalizer of MurmurHash3 (Appleby, 2011), applied to the
 * seed and then to the counter.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class CounterRandom {

  private CounterRandom() {}

  /**
   * {@return a number that is uniform in [0, 1), a multiple of 2^-24}
   *
   * @param seed any number; the caller changes it from run to run
   * @param salt any number; distinguishes the uses of a seed
   * @param index the index of the number; a negative one gives a number too
   */
  public static float uniform(int seed, int salt, int index) {
    int key = mix(seed ^ mix(salt + 0x9E3779B9));
    return (mix(key ^ mix(index)) >>> 8) * 0x1p-24f;
  }

  private static int mix(int x) {
    x = (x ^ (x >>> 16)) * 0x85EBCA6B;
    x = (x ^ (x >>> 13)) * 0xC2B2AE35;
    return x ^ (x >>> 16);
  }
}
