/**
 * What a user decides before training: sizes, plugins by name, how to step, when to save.
 *
 * <p>Before this room stands the user, or a command line; after it stand {@link
 * org.charrnn.text.corpus}, which cuts the text as the configuration says, and the trainer. A
 * configuration is a tree of immutable records that check themselves; {@link
 * org.charrnn.text.config.TrainingConfigBuilder} changes any of it, and a {@linkplain
 * org.charrnn.text.config.Profile profile} is where to begin. It is written into each checkpoint.
 */
@NullMarked
package org.charrnn.text.config;

import org.jspecify.annotations.NullMarked;
