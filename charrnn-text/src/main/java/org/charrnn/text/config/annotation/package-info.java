/**
 * The annotation of those components of a configuration that must keep their values.
 *
 * <p>Input: a component of a record of {@code org.charrnn.text.config}. Output: none; {@code
 * org.charrnn.text.settings} reads it.
 */
@NullMarked
package org.charrnn.text.config.annotation;

import org.jspecify.annotations.NullMarked;
