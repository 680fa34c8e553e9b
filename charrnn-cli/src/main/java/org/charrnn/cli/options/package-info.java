/**
 * Options by groups, as picocli mixins.
 *
 * <p>Before this room stand the words that a user typed; after it stand the configuration and the
 * facade of {@code org.charrnn.text}. An option that was not typed is null and changes nothing, so
 * that a profile, or what a checkpoint holds, shows through. Values are checked where they are
 * used; {@link org.charrnn.cli.options.OptionNames} gives their messages the names that the user
 * typed.
 *
 * <p>To add an option: add an annotated field to the group that it belongs to, named as the
 * component of the configuration is, and pass it on in {@code applyTo}; and a line in {@link
 * org.charrnn.cli.options.Setting}, which knows what may change when a training goes on.
 */
@NullMarked
package org.charrnn.cli.options;

import org.jspecify.annotations.NullMarked;
