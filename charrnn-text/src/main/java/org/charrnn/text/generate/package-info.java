/**
 * How the next symbol is chosen.
 *
 * <p>Before this room stands the generation program, which gives a score to each symbol that may
 * follow; after it stands the text. A {@link org.charrnn.text.generate.Sampler} sees one row of
 * scores and picks an id; it never changes the model. To write one: implement the interface, a
 * lambda will do.
 */
@NullMarked
package org.charrnn.text.generate;

import org.jspecify.annotations.NullMarked;
