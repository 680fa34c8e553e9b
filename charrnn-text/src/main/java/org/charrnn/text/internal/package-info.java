/**
 * What the baseline and the measures of text share: pairs of ints with a number each. Not exported.
 *
 * <p>Behind this room stand {@code org.charrnn.text.baseline}, whose tree of n-grams is made of
 * pairs of a node and a symbol, and {@code org.charrnn.text.measure}, whose automaton is made of
 * pairs of a state and a character.
 */
@NullMarked
package org.charrnn.text.internal;

import org.jspecify.annotations.NullMarked;
