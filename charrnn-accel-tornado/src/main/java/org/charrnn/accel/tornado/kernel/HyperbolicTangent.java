package org.charrnn.accel.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The hyperbolic tangent, with a relative error of a few units in the last place on every backend:
 * PTX has only {@code tanh.approx}, whose relative error is up to 2^-11.
 *
 * <p>Source: Moshier, Cephes, {@code tanhf}: a polynomial for small arguments, where {@code 1 - 2 /
 * (exp(2x) + 1)} would cancel.
 *
 * <p>Public because generated kernels call it; see {@link MethodKernel}.
 */
public final class HyperbolicTangent {

  private HyperbolicTangent() {}

  /** The hyperbolic tangent of {@code x}; NaN for NaN. */
  public static float tanh(float x) {
    float square = x * x;
    float polynomial = -0.0057049887f * square + 0.020639088f;
    polynomial = polynomial * square - 0.053739715f;
    polynomial = polynomial * square + 0.13331442f;
    polynomial = polynomial * square - 0.3333328f;
    float value = polynomial * square * x + x;
    float size = x < 0 ? -x : x;
    if (!(size < 0.625f)) { // NaN belongs here
      float large = 1 - 2 / (TornadoMath.exp(2 * size) + 1);
      value = x < 0 ? -large : large;
    }
    return value;
  }
}
