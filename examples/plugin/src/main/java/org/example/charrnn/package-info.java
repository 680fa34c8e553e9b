/**
 * Plugins of a third party: a cell and an optimizer in one jar, declared in {@code
 * META-INF/services}. With the jar on the class path, {@code simple-rnn} and {@code plain-sgd} can
 * be selected by name.
 */
@NullMarked
package org.example.charrnn;

import org.jspecify.annotations.NullMarked;
