/**
 * The poem example. Input: a file of poems. Output: an acrostic. {@link
 * org.charrnn.examples.poem.PoemExample} shows how a program controls a model by its prompt and by
 * selecting one of many continuations.
 */
@NullMarked
package org.charrnn.examples.poem;

import org.jspecify.annotations.NullMarked;
