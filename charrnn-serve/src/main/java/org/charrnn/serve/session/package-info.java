/** States of models that clients carry, and those that the server keeps. */
@NullMarked
package org.charrnn.serve.session;

import org.jspecify.annotations.NullMarked;
