/** The GPU accelerator: programs on devices that TornadoVM drives. */
module org.charrnn.accel.tornado {
  requires static org.jspecify;
  requires static tornado.api;
  requires transitive org.charrnn.api;

  provides org.charrnn.api.Accelerator with
      org.charrnn.accel.tornado.TornadoAccelerator;
}
