package dev.parley.kit.access;

import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.PrivacyServiceGrpc;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.KeyServiceGrpc;
import dev.parley.identity.v1.LedgerServiceGrpc;
import dev.parley.identity.v1.OrganisationServiceGrpc;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.VectorServiceGrpc;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.speech.v1.SpeechServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.stream.Stream;

/** All methods of all services. */
final class Contract {
  static final List<ServiceDescriptor> SERVICES =
      List.of(
          CharacterServiceGrpc.getServiceDescriptor(),
          ConversationServiceGrpc.getServiceDescriptor(),
          PrivacyServiceGrpc.getServiceDescriptor(),
          DocumentServiceGrpc.getServiceDescriptor(),
          IdentityServiceGrpc.getServiceDescriptor(),
          KeyServiceGrpc.getServiceDescriptor(),
          OrganisationServiceGrpc.getServiceDescriptor(),
          LedgerServiceGrpc.getServiceDescriptor(),
          MemoryServiceGrpc.getServiceDescriptor(),
          RecollectionServiceGrpc.getServiceDescriptor(),
          VectorServiceGrpc.getServiceDescriptor(),
          RenderServiceGrpc.getServiceDescriptor(),
          SpeechServiceGrpc.getServiceDescriptor());

  private Contract() {}

  static Stream<MethodDescriptor<?, ?>> methods() {
    return SERVICES.stream().flatMap(it -> it.getMethods().stream());
  }
}
