/**
 * Contract tests that plugin authors extend, and the float64 reference they are measured against.
 */
module org.charrnn.testkit {
  requires java.management;
  requires jdk.management;
  requires static org.jspecify;
  requires transitive org.charrnn.api;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;

  exports org.charrnn.testkit;
  exports org.charrnn.testkit.gradient;
  exports org.charrnn.testkit.reference;

  opens org.charrnn.testkit to
      org.junit.platform.commons;

  provides org.charrnn.api.Accelerator with
      org.charrnn.testkit.reference.ReferenceAccelerator;
}
