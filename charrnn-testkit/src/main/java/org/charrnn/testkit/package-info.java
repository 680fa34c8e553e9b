/**
 * Contract tests that the authors of plugins extend, and the float64 reference that accelerators
 * are measured against.
 *
 * <p>This package stands beside the data flow: nothing that trains or generates depends on it,
 * every plugin's tests do.
 */
@NullMarked
package org.charrnn.testkit;

import org.jspecify.annotations.NullMarked;
