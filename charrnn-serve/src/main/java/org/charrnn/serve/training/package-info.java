/** A training that can be watched while it runs. */
@NullMarked
package org.charrnn.serve.training;

import org.jspecify.annotations.NullMarked;
