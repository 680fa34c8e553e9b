/** The commands {@code export} and {@code import}; the command line finds them by ServiceLoader. */
@NullMarked
package org.charrnn.interchange.command;

import org.jspecify.annotations.NullMarked;
