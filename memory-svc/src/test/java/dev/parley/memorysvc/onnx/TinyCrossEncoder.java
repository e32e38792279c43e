package dev.parley.memorysvc.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cross-encoder made here, as ONNX has it (onnx.proto): its logit is how many tokens of the
 * question stand in the text, less the mark that always does, less a half. With {@code yesAndNo} it
 * has two logits a pair, the first of which is 0.
 */
public final class TinyCrossEncoder {
  private static final int INT64 = 7;
  private static final int FLOAT = 1;

  private final Message graph = new Message().text(2, "words in common");

  private TinyCrossEncoder() {}

  /** A folder with the model and the shipped tokenizer. */
  public static Path in(Path folder, boolean yesAndNo) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("model.onnx"), new TinyCrossEncoder().model(yesAndNo));
      Files.write(folder.resolve("tokenizer.json"), EmbeddingModel.shipped().tokenizer());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] model(boolean yesAndNo) {
    constant("one", INT64, 1);
    constant("second", INT64, 2);
    constant("third", INT64, 1);
    constantList("pairs", 1, 2);
    // What stands in the question, 0 elsewhere; what stands in the text, -1 elsewhere.
    node("Sub", "not_type", 0, "one", "token_type_ids");
    node("Mul", "asked", 0, "input_ids", "not_type");
    node("Mul", "told", 0, "input_ids", "token_type_ids");
    node("Sub", "told_only", 0, "told", "not_type");
    node("Unsqueeze", "asked_column", 0, "asked", "second");
    node("Unsqueeze", "told_row", 0, "told_only", "third");
    node("Equal", "same", 0, "asked_column", "told_row");
    node("Cast", "ones", FLOAT, "same");
    node("ReduceSum", "count", -1, "ones", "pairs");
    constantFloat("mark", 1.5f);
    node("Sub", yesAndNo ? "yes" : "logits", 0, "count", "mark");
    if (yesAndNo) {
      node("Sub", "no", 0, "yes", "yes");
      constant("last", INT64, 1);
      node("Unsqueeze", "yes_column", 0, "yes", "last");
      node("Unsqueeze", "no_column", 0, "no", "last");
      node("Concat", "logits", 1, "no_column", "yes_column");
    }
    graph.message(11, value("input_ids", INT64)).message(11, value("token_type_ids", INT64));
    graph.message(12, value("logits", FLOAT));
    return new Message()
        .number(1, 8)
        .message(8, new Message().text(1, "").number(2, 13))
        .message(7, graph)
        .bytes();
  }

  private void node(String type, String output, int parameter, String... inputs) {
    var node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(4, type);
    switch (type) {
      case "Cast" -> node.message(5, attribute("to", parameter));
      case "Concat" -> node.message(5, attribute("axis", parameter));
      case "ReduceSum" -> node.message(5, attribute("keepdims", 0));
      default -> {}
    }
    graph.message(1, node);
  }

  private static Message attribute(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  private void constant(String name, int type, long value) {
    graph.message(5, new Message().number(1, 1).number(2, type).number(7, value).text(8, name));
  }

  private void constantList(String name, long... values) {
    var tensor = new Message().number(1, values.length).number(2, INT64).text(8, name);
    for (long value : values) {
      tensor.number(7, value);
    }
    graph.message(5, tensor);
  }

  private void constantFloat(String name, float value) {
    graph.message(5, new Message().number(1, 1).number(2, FLOAT).real(4, value).text(8, name));
  }

  private static Message value(String name, int type) {
    var shape = new Message();
    if (type == INT64) {
      shape.message(1, new Message().text(2, "pairs")).message(1, new Message().text(2, "tokens"));
    }
    var tensor = new Message().number(1, type);
    if (type == INT64) {
      tensor.message(2, shape);
    }
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protobuf message by its field numbers. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private interface Writing {
      void run() throws IOException;
    }

    private Message written(Writing writing) {
      try {
        writing.run();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Message number(int field, long value) {
      return written(() -> out.writeInt64(field, value));
    }

    Message real(int field, float value) {
      return written(() -> out.writeFloat(field, value));
    }

    Message text(int field, String value) {
      return written(
          () -> out.writeBytes(field, ByteString.copyFrom(value, StandardCharsets.UTF_8)));
    }

    Message message(int field, Message value) {
      return written(() -> out.writeByteArray(field, value.bytes()));
    }

    byte[] bytes() {
      written(out::flush);
      return bytes.toByteArray();
    }
  }
}
