package dev.parley.speechsvc.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;

/** Writes an ONNX file of three nodes: the sigmoid of the mean of an input of 1 x 80 x 800. */
final class SmallNetwork {

  private static final int FLOAT = 1;

  private SmallNetwork() {}

  static byte[] meanOf(String input) {
    var graph =
        UnknownFieldSet.newBuilder()
            .mergeField(1, node("ReduceMean", input, "mean"))
            .mergeField(1, node("Flatten", "mean", "flat"))
            .mergeField(1, node("Sigmoid", "flat", "logits"))
            .mergeField(2, text("mean"))
            .mergeField(11, bytes(value(input, 1, 80, 800)))
            .mergeField(12, bytes(value("logits", 1, 1)));
    var opset = UnknownFieldSet.newBuilder().mergeField(2, number(13));
    return UnknownFieldSet.newBuilder()
        .mergeField(1, number(8))
        .mergeField(7, bytes(graph))
        .mergeField(8, bytes(opset))
        .build()
        .toByteArray();
  }

  private static Field node(String operator, String input, String output) {
    return bytes(
        UnknownFieldSet.newBuilder()
            .mergeField(1, text(input))
            .mergeField(2, text(output))
            .mergeField(4, text(operator)));
  }

  private static UnknownFieldSet.Builder value(String name, int... shape) {
    var dimensions = UnknownFieldSet.newBuilder();
    for (int size : shape) {
      dimensions.mergeField(1, bytes(UnknownFieldSet.newBuilder().mergeField(1, number(size))));
    }
    var tensor =
        UnknownFieldSet.newBuilder().mergeField(1, number(FLOAT)).mergeField(2, bytes(dimensions));
    var type = UnknownFieldSet.newBuilder().mergeField(1, bytes(tensor));
    return UnknownFieldSet.newBuilder().mergeField(1, text(name)).mergeField(2, bytes(type));
  }

  private static Field bytes(UnknownFieldSet.Builder message) {
    return Field.newBuilder().addLengthDelimited(message.build().toByteString()).build();
  }

  private static Field text(String text) {
    return Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build();
  }

  private static Field number(long value) {
    return Field.newBuilder().addVarint(value).build();
  }
}
