/**
 * What sessions of all accelerators have in common: every mistake of a caller is found before a
 * number moves, with the same words everywhere.
 *
 * <p>Before this room stands {@link org.charrnn.api.Session}, whose promises it keeps; after it
 * stand the accelerators, which extend {@link org.charrnn.api.session.CheckedSession} and {@link
 * org.charrnn.api.session.CheckedMemory} and add what is theirs: where numbers lie, and what runs.
 */
@NullMarked
package org.charrnn.api.session;

import org.jspecify.annotations.NullMarked;
