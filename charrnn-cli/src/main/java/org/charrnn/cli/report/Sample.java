package org.charrnn.cli.report;

/**
 * What the model wrote at a save.
 *
 * @param step the steps made before
 * @param epoch the pass that the last of them belongs to
 * @param text all of it, what it began with included
 */
record Sample(long step, int epoch, String text) {}
