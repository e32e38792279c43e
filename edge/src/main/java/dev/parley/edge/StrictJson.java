package dev.parley.edge;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON of the contracts. Unknown fields are ignored, so that newer clients work; everything else
 * that is wrong is refused with {@link JsonRefused}: unknown enum names, numbers for texts, text
 * after the end.
 */
final class StrictJson implements GrpcJsonMarshaller {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser();

  /** JSON that does not fit the contract; the message says where. */
  static final class JsonRefused extends IOException {
    private static final long serialVersionUID = 1L;

    JsonRefused(String message) {
      super(message);
    }
  }

  /** One line of JSON. */
  static String print(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of the contract has no JSON", e);
    }
  }

  /** Reads a message of the prototype's type. */
  @SuppressWarnings("unchecked")
  static <T extends Message> T parse(String json, T prototype) throws JsonRefused {
    Message.Builder builder = prototype.newBuilderForType();
    try {
      JsonElement tree = JsonParser.parseString(json);
      if (!tree.isJsonObject()) {
        throw new JsonRefused("expected a JSON object");
      }
      keepKnown(tree.getAsJsonObject(), prototype.getDescriptorForType());
      PARSER.merge(tree.toString(), builder);
    } catch (JsonParseException | InvalidProtocolBufferException e) {
      throw new JsonRefused("not the JSON of " + nameOf(prototype) + ": " + e.getMessage());
    }
    return (T) builder.build();
  }

  @Override
  public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream out)
      throws IOException {
    out.write(print((Message) message).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream in) throws IOException {
    Message prototype = (Message) ((PrototypeMarshaller<T>) marshaller).getMessagePrototype();
    return (T) parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), prototype);
  }

  private static void keepKnown(JsonObject json, Descriptor type) throws JsonRefused {
    if (type.getFile().getPackage().equals("google.protobuf")) {
      return;
    }
    for (String name : json.keySet().toArray(String[]::new)) {
      FieldDescriptor field = fieldOf(type, name);
      if (field == null) {
        json.remove(name);
      } else if (!field.isMapField()) {
        check(json.get(name), field);
      }
    }
  }

  private static void check(JsonElement value, FieldDescriptor field) throws JsonRefused {
    if (value instanceof JsonArray items) {
      for (JsonElement item : items) {
        check(item, field);
      }
    } else if (value instanceof JsonObject object && field.getJavaType() == JavaType.MESSAGE) {
      keepKnown(object, field.getMessageType());
    } else if (field.getJavaType() == JavaType.STRING
        && value.isJsonPrimitive()
        && !value.getAsJsonPrimitive().isString()) {
      throw new JsonRefused(field.getJsonName() + ": expected a text, got " + value);
    }
  }

  private static FieldDescriptor fieldOf(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static String nameOf(Message prototype) {
    return prototype.getDescriptorForType().getName();
  }
}
