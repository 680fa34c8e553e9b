/**
 * The command line: it reads options, calls {@code org.charrnn.text} and prints what comes back.
 *
 * <p>No other module depends on it.
 */
@NullMarked
package org.charrnn.cli;

import org.jspecify.annotations.NullMarked;
