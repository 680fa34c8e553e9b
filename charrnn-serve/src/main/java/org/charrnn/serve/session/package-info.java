/** States of models that clients carry. */
@NullMarked
package org.charrnn.serve.session;

import org.jspecify.annotations.NullMarked;
