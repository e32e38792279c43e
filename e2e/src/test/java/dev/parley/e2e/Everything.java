package dev.parley.e2e;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.PrivacyServiceGrpc;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.KeyServiceGrpc;
import dev.parley.identity.v1.OrganisationServiceGrpc;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.VectorServiceGrpc;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.type.v1.Access;
import dev.parley.type.v1.AccessOuterClass;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All methods of the contract, what it says of them, and where REST has them. */
final class Everything {
  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          CharacterServiceGrpc.getServiceDescriptor(),
          ConversationServiceGrpc.getServiceDescriptor(),
          PrivacyServiceGrpc.getServiceDescriptor(),
          DocumentServiceGrpc.getServiceDescriptor(),
          IdentityServiceGrpc.getServiceDescriptor(),
          KeyServiceGrpc.getServiceDescriptor(),
          OrganisationServiceGrpc.getServiceDescriptor(),
          MemoryServiceGrpc.getServiceDescriptor(),
          RecollectionServiceGrpc.getServiceDescriptor(),
          VectorServiceGrpc.getServiceDescriptor(),
          RenderServiceGrpc.getServiceDescriptor(),
          SpeechServiceGrpc.getServiceDescriptor());

  /** Routes that no annotation tells: they are served by hand. */
  private static final Map<String, String> BY_HAND =
      Map.of(
          "Subscribe", "GET /v1/sessions/{session_id}:subscribe",
          "DownloadTurnMedia", "GET /v1/turns/{turn_id}/audio",
          "UploadDocument", "POST /v1/documents?display_name=x",
          "WatchDocument", "GET /v1/documents/{document_id}:watch",
          "DownloadDocument", "GET /v1/documents/{document_id}/file",
          "GetPageImage", "GET /v1/documents/{document_id}/pages/1/image",
          "ExportItems", "GET /v1/memories:export",
          "DownloadAvatar", "GET /v1/avatars/{avatar_id}/model");

  /** A method, a path with names of fields in braces, and whether the message is the body. */
  record Rest(String method, String path, boolean body) {}

  private Everything() {}

  static Stream<MethodDescriptor<?, ?>> methods() {
    return SERVICES.stream().flatMap(it -> it.getMethods().stream());
  }

  static Access access(MethodDescriptor<?, ?> method) {
    return proto(method).getOptions().getExtension(AccessOuterClass.access);
  }

  /** Its permission without prefix. */
  static String needed(MethodDescriptor<?, ?> method) {
    return access(method).getPermission().name().substring("PERMISSION_".length());
  }

  static Optional<Rest> rest(MethodDescriptor<?, ?> method) {
    String byHand = BY_HAND.get(method.getBareMethodName());
    if (byHand != null) {
      String[] parts = byHand.split(" ");
      return Optional.of(new Rest(parts[0], parts[1], false));
    }
    HttpRule rule = proto(method).getOptions().getExtension(AnnotationsProto.http);
    boolean body = !rule.getBody().isEmpty();
    return switch (rule.getPatternCase()) {
      case GET -> Optional.of(new Rest("GET", rule.getGet(), body));
      case POST -> Optional.of(new Rest("POST", rule.getPost(), body));
      case PATCH -> Optional.of(new Rest("PATCH", rule.getPatch(), body));
      case PUT -> Optional.of(new Rest("PUT", rule.getPut(), body));
      case DELETE -> Optional.of(new Rest("DELETE", rule.getDelete(), body));
      default -> Optional.empty();
    };
  }

  private static com.google.protobuf.Descriptors.MethodDescriptor proto(
      MethodDescriptor<?, ?> method) {
    return ((ProtoMethodDescriptorSupplier) method.getSchemaDescriptor()).getMethodDescriptor();
  }
}
