/**
 * The exception of this module, which every other package of it throws.
 *
 * <p>Input: a file or a model that cannot be converted. Output: a message that names it, the reason
 * and the remedy.
 */
@NullMarked
package org.charrnn.interchange.failure;

import org.jspecify.annotations.NullMarked;
