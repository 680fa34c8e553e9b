/**
 * The configuration of a training run: sizes, plugins by name, how to step, when to save.
 *
 * <p>Input: the choices of a user, from code, a command line or a JSON file. Output: a {@link
 * org.charrnn.text.config.TrainingConfig}, a tree of immutable records that check themselves, which
 * the trainer reads and each checkpoint contains. A {@linkplain org.charrnn.text.config.Profile
 * profile} is a configuration to start from.
 *
 * <p>To add an option: add a component to the record that it belongs to, with a default and a
 * method in the builder of that record, and mark it {@code @Fixed} if it must not change when a run
 * is resumed. JSON files, comparisons and listings follow by reflection.
 */
@NullMarked
package org.charrnn.text.config;

import org.jspecify.annotations.NullMarked;
