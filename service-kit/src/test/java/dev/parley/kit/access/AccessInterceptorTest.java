package dev.parley.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.GetCharacterRequest;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Credential;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import dev.parley.type.v1.Role;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessInterceptorTest {
  private static final MethodDescriptor<?, ?> LIST = CharacterServiceGrpc.getListCharactersMethod();
  private final Guarded open =
      new Guarded(Gate.identified(Somebody::verify, Somebody::verify).outer(), Contract.SERVICES);

  @AfterEach
  void close() {
    open.close();
  }

  private static Code code(StatusRuntimeException end) {
    return end.getStatus().getCode();
  }

  @Test
  void theHandlerSeesWhoCalls() {
    assertThat(code(open.call(LIST, "authorization", "bearer role:editor"))).isEqualTo(Code.OK);
    assertThat(open.last().owner()).isEqualTo(new Owner("acme", "p1"));
    assertThat(open.last().role()).isEqualTo(Role.ROLE_EDITOR);
    assertThat(open.last().credential().id()).isEqualTo("c1");
    assertThat(open.last().credential().kind()).isEqualTo(Credential.Kind.SIGN_IN);
    assertThat(open.last().outside()).isTrue();
  }

  @Test
  void twoCredentialsAreOneTooMany() {
    String token = "Bearer role:owner";
    assertThat(code(open.call(LIST, "authorization", token, "authorization", token)))
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(code(open.call(LIST, "authorization", token, "x-api-key", "pk_x")))
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void aKeyIsTakenInEitherHeaderAndATokenIsNoKey() {
    Keys keys = key -> Somebody.verify("role:editor");
    Tokens none = Tokens.NONE;
    try (Guarded door = new Guarded(Gate.identified(none, keys).outer(), Contract.SERVICES)) {
      assertThat(code(door.call(LIST, "x-api-key", "pk_1"))).isEqualTo(Code.OK);
      assertThat(code(door.call(LIST, "authorization", "Bearer pk_1"))).isEqualTo(Code.OK);
      assertThat(code(door.call(LIST, "x-api-key", "eyJ"))).isEqualTo(Code.UNAUTHENTICATED);
    }
  }

  @Test
  void aMethodThatDeclaresNothingIsRefusedToEverybodyAlsoToOurOwnServices() {
    var bare =
        CharacterServiceGrpc.getListCharactersMethod().toBuilder()
            .setFullMethodName("parley.test.v1.Bare/Call")
            .setSchemaDescriptor(null)
            .build();
    var service = ServiceDescriptor.newBuilder("parley.test.v1.Bare").addMethod(bare).build();
    try (Guarded inner = new Guarded(Gate.machine(), List.of(service))) {
      var refused = Failures.fromStatus(inner.call(bare));
      assertThat(refused.reason()).isEqualTo("PERMISSION_DENIED");
    }
  }

  @Test
  void aWidgetTalksOnlyToItsCharactersWhereverARequestNamesThem() {
    String[] proof = {"authorization", "Bearer widget:ada,nell"};
    var get = CharacterServiceGrpc.getGetCharacterMethod();
    var converse = ConversationServiceGrpc.getConverseMethod();
    for (String id : List.of("ada", "nell")) {
      assertThat(code(open.send(get, character(id), proof))).isEqualTo(Code.OK);
      assertThat(code(open.send(converse, start(id), proof))).isEqualTo(Code.OK);
    }
    for (String id : List.of("marcus", "Ada", "ada ")) {
      assertThat(code(open.send(get, character(id), proof))).isEqualTo(Code.PERMISSION_DENIED);
      assertThat(code(open.send(converse, start(id), proof))).isEqualTo(Code.PERMISSION_DENIED);
    }
  }

  private static GetCharacterRequest character(String id) {
    return GetCharacterRequest.newBuilder().setCharacterId(id).build();
  }

  private static ClientEvent start(String id) {
    return ClientEvent.newBuilder()
        .setSessionStart(SessionStart.newBuilder().setCharacterId(id))
        .build();
  }

  @Test
  void aTokenIsReadOnceInAWhileAndNeverAfterItsEnd() {
    AtomicInteger read = new AtomicInteger();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Tokens slow =
        token -> {
          read.incrementAndGet();
          Instant end = Instant.EPOCH.plusSeconds(7);
          if (!now.get().isBefore(end)) {
            throw Tokens.bad("it expired");
          }
          return new Identity(
              Owner.LOCAL,
              Role.ROLE_MEMBER,
              Set.of(),
              Set.of(),
              new Credential(Credential.Kind.SIGN_IN, "s", Instant.EPOCH, end));
        };
    Tokens tokens = new CachedTokens(slow, Duration.ofSeconds(5), now::get);
    tokens.verify("t");
    now.set(Instant.EPOCH.plusSeconds(4));
    tokens.verify("t");
    assertThat(read).hasValue(1);
    now.set(Instant.EPOCH.plusSeconds(5));
    tokens.verify("t");
    assertThat(read).hasValue(2);
    now.set(Instant.EPOCH.plusSeconds(7));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> tokens.verify("t")))
        .hasMessage("it expired");
  }

  @Test
  void noHeaderThatIsMadeUpOpensOrBreaksAnything() {
    Random random = new Random(20261121);
    List<String> names =
        List.of(
            "authorization",
            "x-api-key",
            "parley-organisation",
            "parley-person",
            "parley-door",
            "x-request-id");
    for (int i = 0; i < 3_000; i++) {
      String[] headers = new String[2 * (1 + random.nextInt(4))];
      for (int at = 0; at < headers.length; at += 2) {
        headers[at] = names.get(random.nextInt(names.size()));
        headers[at + 1] = madeUp(random);
      }
      Code code = code(open.call(LIST, headers));
      assertThat(code).as(String.join("|", headers)).isEqualTo(Code.UNAUTHENTICATED);
    }
  }

  private static String madeUp(Random random) {
    List<String> heads =
        List.of("", "Bearer ", "bearer", "Bearer  ", "pk_", "Bearer pk_", "outside", "local", "..");
    StringBuilder text = new StringBuilder(heads.get(random.nextInt(heads.size())));
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt('~' - ' ')));
    }
    return text.toString();
  }
}
