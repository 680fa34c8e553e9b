package org.charrnn.text;

/**
 * How much a model has computed since it was loaded, for monitoring.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param rows the number of texts that advanced in the last step; 0 if none is generated now
 * @param steps the number of steps, each of which advances all texts by one symbol
 * @param rowSteps the rows of all steps together: the symbols that were read or generated one by
 *     one
 * @param busySeconds the time that the thread of the model was busy; if it grows as fast as time
 *     passes, the model cannot compute more
 */
public record ModelUsage(int rows, long steps, long rowSteps, double busySeconds) {}
