package dev.parley.kit.access;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the characters that a request names, however deep, and holds them to a list. */
final class CharacterLimit {
  private static final String NAME = "character_id";

  /** The fields of a message that name a character, or lead to one. */
  private static final Map<Descriptor, List<FieldDescriptor>> LEADING = new ConcurrentHashMap<>();

  private CharacterLimit() {}

  /**
   * Passes a message that names none but these.
   *
   * @throws Failure PERMISSION_DENIED that says which one is not among them
   */
  static void check(Message message, Set<String> allowed) {
    for (FieldDescriptor field : leading(message.getDescriptorForType())) {
      if (field.isRepeated()) {
        ((List<?>) message.getField(field)).forEach(it -> one(field, it, allowed));
      } else if (field.getJavaType() == JavaType.STRING || message.hasField(field)) {
        one(field, message.getField(field), allowed);
      }
    }
  }

  private static void one(FieldDescriptor field, Object value, Set<String> allowed) {
    if (value instanceof Message inner) {
      check(inner, allowed);
    } else if (!value.equals("") && !allowed.contains(value)) {
      throw Failure.of(
              Failure.Code.PERMISSION_DENIED,
              "PERMISSION_DENIED",
              "the key is not for the character \"" + value + "\"")
          .with("character_id", value.toString());
    }
  }

  private static List<FieldDescriptor> leading(Descriptor type) {
    List<FieldDescriptor> known = LEADING.get(type);
    if (known == null) {
      known = type.getFields().stream().filter(it -> leads(it, new HashSet<>())).toList();
      LEADING.put(type, known);
    }
    return known;
  }

  private static boolean leads(FieldDescriptor field, Set<Descriptor> seen) {
    if (field.getJavaType() == JavaType.STRING) {
      return field.getName().equals(NAME) || field.getName().equals(NAME + "s");
    }
    if (field.getJavaType() != JavaType.MESSAGE || field.isMapField()) {
      return false;
    }
    List<FieldDescriptor> inner = new ArrayList<>();
    if (seen.add(field.getMessageType())) {
      inner.addAll(field.getMessageType().getFields());
    }
    return inner.stream().anyMatch(it -> leads(it, seen));
  }
}
