/**
 * A model in the memory of a session, and its programs. Not exported: the inside of {@link
 * org.charrnn.text.Trainer} and {@link org.charrnn.text.LanguageModel}.
 *
 * <p>Input: a {@link org.charrnn.api.network.Network}, which writes programs and names their
 * memory, and a {@link org.charrnn.api.Session}, which runs them. Output: training, evaluation and
 * generation in terms of ids. {@link org.charrnn.text.device.DeviceModel} owns the parameters; the
 * programs that it binds share them and have their own memory for the rest, so that evaluation and
 * samples do not disturb the carried state of a training.
 */
@NullMarked
package org.charrnn.text.device;

import org.jspecify.annotations.NullMarked;
