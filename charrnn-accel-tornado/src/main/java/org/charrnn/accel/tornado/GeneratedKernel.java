package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Stands in for the classes that {@link KernelClass} writes, which have this name and this method:
 * TornadoVM looks the class file of a kernel up by name, through the system class loader, to see
 * whether parameters or variables are annotated. It finds this one. It is never called.
 */
final class GeneratedKernel {

  private GeneratedKernel() {}

  static void compute(KernelContext context, FloatArray floats, IntArray ints) {
    // Only its name and its parameters matter.
  }
}
