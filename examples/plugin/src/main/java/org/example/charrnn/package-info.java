/**
 * Plugins as somebody outside the project would write them: a cell and an optimizer in one jar,
 * named in {@code META-INF/services}. Put the jar on the class path and ask for {@code simple-rnn}
 * and {@code plain-sgd}.
 */
@NullMarked
package org.example.charrnn;

import org.jspecify.annotations.NullMarked;
