package org.charrnn.accel.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A placeholder for the classes that {@link KernelClass} writes, which have this name and this
 * method. TornadoVM looks up the class file of a kernel by name, through the system class loader,
 * to read annotations of parameters and variables, and finds this one. The method is never called.
 */
final class GeneratedKernel {

  private GeneratedKernel() {}

  static void compute(KernelContext context, FloatArray floats, IntArray ints) {
    // Only its name and its parameters matter.
  }
}
