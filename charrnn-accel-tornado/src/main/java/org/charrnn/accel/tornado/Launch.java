package org.charrnn.accel.tornado;

/**
 * A kernel and the work items that run it.
 *
 * @param what a word for logs and profiles: lower-case letters
 * @param kernel what is run
 * @param grid by how many work items
 */
record Launch(String what, Kernel kernel, Grid grid) {}
