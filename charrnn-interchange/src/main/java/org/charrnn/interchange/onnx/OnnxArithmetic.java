package org.charrnn.interchange.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.UnaryFunction;

/** The functions of expressions as nodes of ONNX; a value is the name of a node's result. */
record OnnxArithmetic(OnnxGraph graph) implements Arithmetic<String> {

  @Override
  public String constant(double value) {
    return graph.number(value);
  }

  @Override
  public String unary(UnaryFunction function, String a) {
    return graph.node(operator(function), List.of(a));
  }

  @Override
  public String binary(BinaryFunction function, String a, String b) {
    String result = graph.node(operator(function), List.of(a, b));
    return function == BinaryFunction.GREATER
        ? graph.node("Cast", List.of(result), OnnxGraph.attribute("to", DataType.FLOAT.getNumber()))
        : result;
  }

  private static String operator(UnaryFunction function) {
    return switch (function) {
      case IDENTITY -> "Identity";
      case NEGATE -> "Neg";
      case SQRT -> "Sqrt";
      case EXP -> "Exp";
      case LOG -> "Log";
      case TANH -> "Tanh";
      case SIGMOID -> "Sigmoid";
    };
  }

  private static String operator(BinaryFunction function) {
    return switch (function) {
      case ADD -> "Add";
      case SUBTRACT -> "Sub";
      case MULTIPLY -> "Mul";
      case DIVIDE -> "Div";
      case MAXIMUM -> "Max";
      case MINIMUM -> "Min";
      case GREATER -> "Greater";
    };
  }
}
