/**
 * The threads of a session. The accelerators of this module stand before it; nothing stands after
 * it.
 */
@NullMarked
package org.charrnn.accel.java.team;

import org.jspecify.annotations.NullMarked;
