/**
 * Base classes for the sessions of all accelerators. They check arguments before anything is copied
 * or run, with the same messages everywhere.
 *
 * <p>Upstream: {@link org.charrnn.api.Session}, whose contract they implement. Downstream: the
 * accelerators, which extend {@link org.charrnn.api.session.CheckedSession} and {@link
 * org.charrnn.api.session.CheckedMemory} and add their memory and kernels.
 */
@NullMarked
package org.charrnn.api.session;

import org.jspecify.annotations.NullMarked;
