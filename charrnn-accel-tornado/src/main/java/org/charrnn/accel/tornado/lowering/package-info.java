/**
 * From programs to launches: which instructions share a kernel ({@link
 * org.charrnn.accel.tornado.lowering.Fusion}) and which kernels compute them ({@link
 * org.charrnn.accel.tornado.lowering.Lowering}).
 *
 * <p>Input: a {@link org.charrnn.graph.program.Program} and the positions of its buffers. Output:
 * {@linkplain org.charrnn.accel.tornado.lowering.Segment segments} of launches. Nothing here uses
 * TornadoVM's runtime, so that its results can be tested as plain Java.
 */
@NullMarked
package org.charrnn.accel.tornado.lowering;

import org.jspecify.annotations.NullMarked;
