/** What an operator sees of a server. */
@NullMarked
package org.charrnn.serve.metrics;

import org.jspecify.annotations.NullMarked;
