/**
 * What the sessions of both accelerators have in common: memory on the Java heap that belongs to a
 * session, and the checks of what a program is bound to. The accelerators of this module stand
 * before it; nothing stands after it.
 */
@NullMarked
package org.charrnn.accel.java.session;

import org.jspecify.annotations.NullMarked;
