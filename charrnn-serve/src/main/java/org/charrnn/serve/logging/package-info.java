/**
 * The log of the HTTP server: Helidon finds {@link org.charrnn.serve.logging.HelidonLog} when it
 * starts.
 */
@NullMarked
package org.charrnn.serve.logging;

import org.jspecify.annotations.NullMarked;
