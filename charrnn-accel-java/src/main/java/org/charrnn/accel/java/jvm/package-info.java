/**
 * What the accelerators have to know of the JVM that runs them. Both ask it before they choose how
 * to compute.
 */
@NullMarked
package org.charrnn.accel.java.jvm;

import org.jspecify.annotations.NullMarked;
