/**
 * What the accelerators have to do with the JVM that runs them: they ask it before they choose how
 * to compute, and define classes while it runs.
 */
@NullMarked
package org.charrnn.accel.java.jvm;

import org.jspecify.annotations.NullMarked;
