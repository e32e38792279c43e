package dev.parley.kit.metering;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.Set;

/** How long the speech is of which a message tells, read from the contract's names for times. */
final class Lengths {
  /** Lengths of all, and ends on the clock of what was received so far. */
  private static final Set<String> NAMES = Set.of("duration_us", "input_time_us", "decided_us");

  private static final int DEPTH = 2;

  private Lengths() {}

  /** The latest that it tells, in microseconds; 0 where it tells none. */
  static long endUs(Message message) {
    return endUs(message, DEPTH);
  }

  private static long endUs(Message message, int depth) {
    long end = 0;
    for (Map.Entry<FieldDescriptor, Object> it : message.getAllFields().entrySet()) {
      FieldDescriptor field = it.getKey();
      if (field.isRepeated()) {
        continue;
      }
      if (field.getJavaType() == JavaType.LONG && NAMES.contains(field.getName())) {
        end = Math.max(end, (Long) it.getValue());
      } else if (field.getJavaType() == JavaType.MESSAGE && depth > 0) {
        end = Math.max(end, endUs((Message) it.getValue(), depth - 1));
      }
    }
    return end;
  }
}
