package org.charrnn.interchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * A graph under construction. Values are known by name; a node gets a name for each result unless
 * the caller gives one.
 *
 * <p><b>Thread safety.</b> None.
 */
final class OnnxGraph {

  private final GraphProto.Builder graph;
  private final String prefix;
  private final Map<String, String> constants = new HashMap<>();
  private int values;

  /**
   * An empty graph.
   *
   * @param prefix what the names of unnamed values begin with, so that those of a body differ from
   *     those of the graph around it
   */
  OnnxGraph(String name, String prefix) {
    this.graph = GraphProto.newBuilder().setName(name);
    this.prefix = prefix;
  }

  // ---- inputs, outputs, constants

  /** Declares an input; a size is a number, or a name for one that may differ from run to run. */
  void input(String name, TensorProto.DataType type, Object... sizes) {
    graph.addInput(info(name, type, sizes));
  }

  void output(String name, TensorProto.DataType type, Object... sizes) {
    graph.addOutput(info(name, type, sizes));
  }

  /** Adds numbers under a name, with the sizes of the tensor. */
  void initializer(String name, HostTensor tensor) {
    long[] sizes = new long[tensor.shape().rank()];
    Arrays.setAll(sizes, axis -> tensor.shape().size(axis));
    initializer(name, tensor.values(), sizes);
  }

  void initializer(String name, float[] numbers, long... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    add(name, TensorProto.DataType.FLOAT, bytes, sizes);
  }

  /** A vector of integers; equal ones are written once. */
  String integers(long... numbers) {
    String key = "i" + Arrays.toString(numbers);
    return constants.computeIfAbsent(
        key,
        _ -> {
          String name = unnamed();
          add(name, TensorProto.DataType.INT64, longs(numbers), numbers.length);
          return name;
        });
  }

  /** A single integer, without an axis. */
  String integer(long number) {
    return constants.computeIfAbsent(
        "s" + number,
        _ -> {
          String name = unnamed();
          add(name, TensorProto.DataType.INT64, longs(number));
          return name;
        });
  }

  /** A single number, without an axis; equal ones are written once. */
  String number(double value) {
    return constants.computeIfAbsent(
        "f" + (float) value,
        _ -> {
          String name = unnamed();
          initializer(name, new float[] {(float) value});
          return name;
        });
  }

  private void add(String name, TensorProto.DataType type, ByteBuffer bytes, long... sizes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes.rewind()));
    for (long size : sizes) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
  }

  private static ByteBuffer longs(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(numbers);
    return bytes;
  }

  // ---- nodes

  /** A node with one result; the name of that. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String result = unnamed();
    node(operator, inputs, List.of(result), attributes);
    return result;
  }

  void node(
      String operator, List<String> inputs, List<String> results, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(prefix + "node" + graph.getNodeCount())
            .addAllInput(inputs)
            .addAllOutput(results)
            .addAllAttribute(List.of(attributes)));
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto attribute(String name, GraphProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(value)
        .build();
  }

  /** A new name. */
  String unnamed() {
    return prefix + "v" + values++;
  }

  GraphProto build() {
    return graph.build();
  }

  private static ValueInfoProto info(String name, TensorProto.DataType type, Object... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object size : sizes) {
      TensorShapeProto.Dimension.Builder axis = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          size instanceof String symbol
              ? axis.setDimParam(symbol)
              : axis.setDimValue(((Number) size).longValue()));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
