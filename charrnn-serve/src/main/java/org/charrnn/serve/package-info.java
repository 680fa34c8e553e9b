/** The server, its options, and the models that it serves. */
@NullMarked
package org.charrnn.serve;

import org.jspecify.annotations.NullMarked;
