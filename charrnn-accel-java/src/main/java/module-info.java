/** The plain-Java accelerators, with and without the Vector API. */
module org.charrnn.accel.java {
  requires static org.jspecify;
  requires static jdk.incubator.vector;
  requires static java.management;
  requires static jdk.management;
  requires transitive org.charrnn.api;

  provides org.charrnn.api.Accelerator with
      org.charrnn.accel.java.JavaAccelerator,
      org.charrnn.accel.java.VectorAccelerator;
}
