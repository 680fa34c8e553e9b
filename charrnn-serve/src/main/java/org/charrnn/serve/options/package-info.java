/** Where a server listens, and what it accepts. */
@NullMarked
package org.charrnn.serve.options;

import org.jspecify.annotations.NullMarked;
