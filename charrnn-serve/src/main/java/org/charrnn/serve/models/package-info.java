/** The models that a server has loaded. */
@NullMarked
package org.charrnn.serve.models;

import org.jspecify.annotations.NullMarked;
