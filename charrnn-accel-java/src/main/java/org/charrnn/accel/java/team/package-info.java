/**
 * The threads of a session, and how a loop is cut for them. The accelerators of this module stand
 * before it; nothing stands after it.
 */
@NullMarked
package org.charrnn.accel.java.team;

import org.jspecify.annotations.NullMarked;
