/** What all endpoints share: bodies, errors, keys, limits and headers. */
@NullMarked
package org.charrnn.serve.http;

import org.jspecify.annotations.NullMarked;
