package dev.parley.kit.validation;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds U+0000 in texts. JSON and protobuf can carry it; PostgreSQL keeps no text that has it, and
 * native libraries take it for the end. Safe for threads.
 */
final class ZeroCharacters {
  private static final Map<Descriptor, List<FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

  private ZeroCharacters() {}

  /** The path of the first field that has one; empty when none has. */
  static Optional<String> find(Message message) {
    for (FieldDescriptor field : fields(message.getDescriptorForType())) {
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Optional<String> found =
              find(message.getRepeatedField(field, i), field.getName() + "[" + i + "]");
          if (found.isPresent()) {
            return found;
          }
        }
      } else if (!field.hasPresence() || message.hasField(field)) {
        Optional<String> found = find(message.getField(field), field.getName());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> find(Object value, String name) {
    return value instanceof Message inner
        ? find(inner).map(it -> name + "." + it)
        : ((String) value).indexOf('\0') >= 0 ? Optional.of(name) : Optional.empty();
  }

  /** Those that are texts, and those that may hold some. */
  private static List<FieldDescriptor> fields(Descriptor type) {
    return FIELDS.computeIfAbsent(
        type,
        it ->
            it.getFields().stream()
                .filter(
                    f -> f.getJavaType() == JavaType.STRING || f.getJavaType() == JavaType.MESSAGE)
                .toList());
  }
}
