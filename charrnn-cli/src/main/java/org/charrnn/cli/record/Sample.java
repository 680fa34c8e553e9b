package org.charrnn.cli.record;

/**
 * A text that the model generated at a save.
 *
 * @param step the number of steps completed
 * @param epoch the epoch of the last step
 * @param text the text, including its prompt
 */
public record Sample(long step, int epoch, String text) {}
