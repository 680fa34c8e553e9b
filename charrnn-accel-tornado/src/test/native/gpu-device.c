// A library to preload before OpenCL: each device reports that it is a GPU. TornadoVM ignores devices of several types at
// once, such as the device of Oclgrind. If REFUSE_FROM is set, two-dimensional launches of at least so many work items are
// refused, as by a driver that lacks resources.
#define _GNU_SOURCE
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <dlfcn.h>
#include <stdlib.h>

// Java loads libOpenCL itself, so that it is not a library after this one; a preloaded simulator is.
static void *next(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  return function ? function : dlsym(dlopen("libOpenCL.so.1", RTLD_NOW), name);
}

cl_int clGetDeviceInfo(cl_device_id device, cl_device_info name, size_t size, void *value, size_t *size_needed) {
  cl_int (*info)(cl_device_id, cl_device_info, size_t, void *, size_t *) = next("clGetDeviceInfo");
  cl_int error = info(device, name, size, value, size_needed);
  if (error == CL_SUCCESS && name == CL_DEVICE_TYPE && value && size >= sizeof(cl_device_type)) {
    *(cl_device_type *)value = CL_DEVICE_TYPE_GPU;
  }
  return error;
}

cl_int clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, cl_uint dimensions, const size_t *offset,
    const size_t *global, const size_t *local, cl_uint waits, const cl_event *wait_for, cl_event *event) {
  cl_int (*enqueue)(cl_command_queue, cl_kernel, cl_uint, const size_t *, const size_t *, const size_t *, cl_uint,
      const cl_event *, cl_event *) = next("clEnqueueNDRangeKernel");
  const char *refused = getenv("REFUSE_FROM");
  if (refused && dimensions > 1 && global[0] * global[1] >= strtoul(refused, NULL, 10)) {
    return CL_OUT_OF_RESOURCES;
  }
  return enqueue(queue, kernel, dimensions, offset, global, local, waits, wait_for, event);
}
