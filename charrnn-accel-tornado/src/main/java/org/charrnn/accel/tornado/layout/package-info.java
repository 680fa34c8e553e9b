/**
 * Positions and sizes: where matrices are stored in the memory of a device, how many work items run
 * a kernel, and where the current time step of a loop is stored. Values only; nothing here knows
 * TornadoVM.
 */
@NullMarked
package org.charrnn.accel.tornado.layout;

import org.jspecify.annotations.NullMarked;
