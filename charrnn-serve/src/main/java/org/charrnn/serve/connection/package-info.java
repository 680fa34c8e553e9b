/** Connections of clients, which are noticed when their clients close them. */
@NullMarked
package org.charrnn.serve.connection;

import org.jspecify.annotations.NullMarked;
