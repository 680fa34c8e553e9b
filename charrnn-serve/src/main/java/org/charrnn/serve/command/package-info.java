/** The command {@code charrnn serve}. */
@NullMarked
package org.charrnn.serve.command;

import org.jspecify.annotations.NullMarked;
