/**
 * The poem example: lines of verse, learnt from a file of the reader's own.
 *
 * <p>Before this room stands that file, after it a poem. {@link
 * org.charrnn.examples.poem.PoemExample} is what to copy: it shows how to steer a model from
 * outside, by what it is given to begin with, and by choosing among many continuations.
 */
@NullMarked
package org.charrnn.examples.poem;

import org.jspecify.annotations.NullMarked;
