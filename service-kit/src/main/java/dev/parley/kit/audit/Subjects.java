package dev.parley.kit.audit;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who did something to what, read from a call's messages: an id in the request names the target,
 * but for what makes something, where the answer does; who signs in is told by the tokens in the
 * answer, also when it is done at the machine itself, whose owner is somebody else.
 */
record Subjects(String organisationId, String personId, String targetKind, String targetId) {
  private static final String SUFFIX = "_id";
  private static final Owner NOBODY = new Owner("", "");

  /** Ids of other things than the target. */
  private static final Set<String> NOT_TARGETS = Set.of("request_id", "template_id");

  static Subjects of(String method, Sighting seen) {
    Optional<Owner> known =
        seen.caller().filter(it -> it.identity().isSomebody()).map(Caller::owner);
    boolean machine = known.map(Owner.LOCAL::equals).orElse(false);
    Optional<Owner> tokens = seen.answer().flatMap(it -> inner(it, "tokens")).map(Subjects::owner);
    Owner who = (machine ? tokens.or(() -> known) : known.or(() -> tokens)).orElse(NOBODY);
    Map.Entry<String, String> target = target(method, seen);
    return new Subjects(who.organisationId(), who.personId(), target.getKey(), target.getValue());
  }

  /** Whom tokens are for. */
  private static Owner owner(Message tokens) {
    return new Owner(id(tokens, "organisation").orElse(""), id(tokens, "person").orElse(""));
  }

  private static Map.Entry<String, String> target(String method, Sighting seen) {
    Optional<Map.Entry<String, String>> made = seen.answer().flatMap(Subjects::made);
    Optional<Map.Entry<String, String>> named = seen.request().flatMap(Subjects::named);
    boolean makes = Stream.of("Create", "Open", "Upload", "Submit").anyMatch(method::startsWith);
    return (makes ? made.or(() -> named) : named.or(() -> made)).orElse(Map.entry("", ""));
  }

  /** The first id that a request names. */
  private static Optional<Map.Entry<String, String>> named(Message request) {
    return request.getAllFields().entrySet().stream()
        .filter(it -> isId(it.getKey()))
        .map(it -> Map.entry(kind(it.getKey()), (String) it.getValue()))
        .findFirst();
  }

  private static boolean isId(FieldDescriptor field) {
    return field.getJavaType() == JavaType.STRING
        && !field.isRepeated()
        && field.getName().endsWith(SUFFIX)
        && !NOT_TARGETS.contains(field.getName());
  }

  private static String kind(FieldDescriptor field) {
    return field.getName().substring(0, field.getName().length() - SUFFIX.length());
  }

  /** The first thing with an id in an answer. */
  private static Optional<Map.Entry<String, String>> made(Message answer) {
    return answer.getAllFields().entrySet().stream()
        .filter(it -> it.getKey().getJavaType() == JavaType.MESSAGE && !it.getKey().isRepeated())
        .flatMap(it -> {
          String kind = snake(it.getKey().getMessageType().getName());
          return text((Message) it.getValue(), "id").map(id -> Map.entry(kind, id)).stream();
        })
        .findFirst();
  }

  private static Optional<String> id(Message message, String field) {
    return inner(message, field).flatMap(it -> text(it, "id"));
  }

  private static Optional<Message> inner(Message message, String name) {
    return Optional.ofNullable(message.getDescriptorForType().findFieldByName(name))
        .filter(it -> it.getJavaType() == JavaType.MESSAGE && !it.isRepeated())
        .filter(message::hasField)
        .map(it -> (Message) message.getField(it));
  }

  private static Optional<String> text(Message message, String name) {
    return Optional.ofNullable(message.getDescriptorForType().findFieldByName(name))
        .filter(it -> it.getJavaType() == JavaType.STRING && !it.isRepeated())
        .map(it -> (String) message.getField(it))
        .filter(it -> !it.isEmpty());
  }

  private static String snake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
