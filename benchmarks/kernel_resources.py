#!/usr/bin/env python3
"""Compiles kernels with the OpenCL driver and prints what each needs: registers, spills, local memory, group size.

The argument is a log that TornadoVM wrote with -Dtornado.printKernel=True -Dtornado.threadInfo=True; see check-gpu.sh.
Registers and spills come from the build log of NVIDIA's compiler; with other drivers these columns are empty.
"""
import ctypes
import re
import sys
import time

GPU_FIRST = (1 << 2, 1 << 1)  # CL_DEVICE_TYPE_GPU, CL_DEVICE_TYPE_CPU
BUILD_LOG, GROUP_SIZE, LOCAL_BYTES, PRIVATE_BYTES, DEVICE_NAME = 0x1183, 0x11B0, 0x11B2, 0x11B4, 0x102B
OPTIONS = b"-cl-mad-enable -w"

cl = ctypes.CDLL("libOpenCL.so.1")
for function in ("clCreateContext", "clCreateProgramWithSource", "clCreateKernel"):
    getattr(cl, function).restype = ctypes.c_void_p
pointer, size = ctypes.c_void_p, ctypes.c_size_t


def first_device():
    platforms = (pointer * 8)()
    count = ctypes.c_uint()
    cl.clGetPlatformIDs(8, platforms, ctypes.byref(count))
    for kind in GPU_FIRST:
        for platform in platforms[:count.value]:
            device, found = pointer(), ctypes.c_uint()
            if cl.clGetDeviceIDs(pointer(platform), ctypes.c_ulong(kind), 1, ctypes.byref(device), ctypes.byref(found)) == 0:
                return device
    sys.exit("no OpenCL device")


def device_name(device):
    name = ctypes.create_string_buffer(256)
    cl.clGetDeviceInfo(device, DEVICE_NAME, size(256), name, None)
    return name.value.decode()


def kernels(log):
    """The task, the size of its groups, and the source of each kernel, in the order of the log."""
    source, found = None, []
    for line in log:
        if source is None and line.startswith("__kernel void"):
            source = []
        if source is not None:
            source.append(line)
            if line.startswith("}"):
                found.append({"source": "".join(source), "task": "?", "groups": ""})
                source = None
        task = re.match(r"Task info: (\S+)", line)
        if task and found and found[-1]["task"] == "?":
            found[-1]["task"] = task.group(1)
        sizes = re.match(r"\s*(Global|Local) +work size *: (.*)", line)
        if sizes and found and found[-1]["groups"].count("[") < 2:
            found[-1]["groups"] += sizes.group(2).strip() + " "
    return found


def resources(context, device, text):
    source = ctypes.c_char_p(text.encode())
    program = pointer(cl.clCreateProgramWithSource(context, 1, ctypes.byref(source), None, None))
    started = time.perf_counter()
    status = cl.clBuildProgram(program, 1, ctypes.byref(device), OPTIONS + VERBOSE, None, None)
    seconds = time.perf_counter() - started
    buffer = ctypes.create_string_buffer(1 << 16)
    cl.clGetProgramBuildInfo(program, device, BUILD_LOG, size(len(buffer)), buffer, None)
    log = buffer.value.decode(errors="replace")
    if status != 0:
        return "refused: %d %s" % (status, log.strip())
    name = re.search(r"__kernel void (?:__attribute__\(\(.*?\)\) *)?(\w+)", text).group(1)
    kernel = pointer(cl.clCreateKernel(program, name.encode(), None))

    def info(what):
        value = ctypes.c_ulonglong()
        cl.clGetKernelWorkGroupInfo(kernel, device, what, size(8), ctypes.byref(value), None)
        return value.value

    def number(pattern):
        found = re.findall(pattern, log)
        return found[-1] if found else ""

    return "%s | %s | %s | %d | %d | %d | %.2f" % (
        number(r"Used (\d+) registers"), number(r"(\d+) bytes spill stores"), number(r"(\d+) bytes stack frame"),
        info(LOCAL_BYTES), info(PRIVATE_BYTES), info(GROUP_SIZE), seconds)


chosen = first_device()
VERBOSE = b" -cl-nv-verbose" if "NVIDIA" in device_name(chosen) else b""
its_context = pointer(cl.clCreateContext(None, 1, ctypes.byref(chosen), None, None, None))
print(device_name(chosen))
print("| task | global, local size | registers | bytes spilled | stack | local bytes | private bytes | largest group | s |")
print("|---|---|---|---|---|---|---|---|---|")
with open(sys.argv[1], encoding="utf-8", errors="replace") as opened:
    for entry in kernels(opened):
        print("| %s | %s| %s |" % (entry["task"], entry["groups"], resources(its_context, chosen, entry["source"])), flush=True)
