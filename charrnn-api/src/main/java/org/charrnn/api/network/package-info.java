/**
 * The network: layers of a cell, an output layer, and the programs that train, evaluate and run it.
 *
 * <p>Before this room stand the plugins that it is made of; after it stands whoever opens a session
 * and runs the programs, charrnn-text above all. Nothing here holds numbers: a {@link
 * org.charrnn.api.network.Network} is symbols only.
 */
@NullMarked
package org.charrnn.api.network;

import org.jspecify.annotations.NullMarked;
