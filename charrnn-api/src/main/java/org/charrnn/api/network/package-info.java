/**
 * The network: layers of a cell, an output layer, and the programs that train, evaluate and run it.
 *
 * <p>Input: a cell, an optimizer, and the sizes of the network. Output: programs, which callers
 * such as charrnn-text run in a session. A {@link org.charrnn.api.network.Network} is symbolic: it
 * holds no numbers.
 */
@NullMarked
package org.charrnn.api.network;

import org.jspecify.annotations.NullMarked;
