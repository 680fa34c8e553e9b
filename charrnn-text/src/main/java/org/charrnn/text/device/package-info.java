/**
 * A model in the memory of a session, and its programs, ready to run. Not exported: it is the
 * inside of {@link org.charrnn.text.Trainer} and {@link org.charrnn.text.LanguageModel}.
 *
 * <p>Before this room stand a {@link org.charrnn.api.network.Network}, which writes programs and
 * names their memory, and a {@link org.charrnn.api.Session}, which runs them; after it stand
 * training, evaluation and generation in terms of ids. {@link org.charrnn.text.device.DeviceModel}
 * holds the parameters once; each program it binds shares them and has memory of its own for the
 * rest, so measuring or writing a sample in the middle of training disturbs no carried state.
 */
@NullMarked
package org.charrnn.text.device;

import org.jspecify.annotations.NullMarked;
