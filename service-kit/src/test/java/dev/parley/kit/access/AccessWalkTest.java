package dev.parley.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failures;
import dev.parley.type.v1.Access;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Scope;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every method of the contract, for everybody who may come, through each kind of door. */
class AccessWalkTest {
  private static final List<String> ROLES = List.of("viewer", "member", "editor", "admin", "owner");

  /** What each role may besides what those before it may; the contract must say the same. */
  private static final Map<String, String> GRANTED =
      Map.of(
          "viewer",
              "CONVERSATIONS_READ CHARACTERS_READ DOCUMENTS_READ MEMORIES_READ VECTORS_READ"
                  + " ORGANISATION_READ",
          "member", "CONVERSATIONS_WRITE SPEECH_USE RENDER_USE MEMORIES_WRITE",
          "editor", "CHARACTERS_WRITE DOCUMENTS_WRITE VECTORS_WRITE",
          "admin", "MEMBERS_WRITE KEYS_WRITE AUDIT_READ",
          "owner", "ORGANISATION_WRITE");

  private final Gate gate = Gate.identified(Somebody::verify, Somebody::verify);
  private final Guarded open = new Guarded(gate.outer(), Contract.SERVICES);
  private final Guarded inner = new Guarded(gate, Contract.SERVICES);

  @AfterEach
  void close() {
    open.close();
    inner.close();
  }

  private static String needed(MethodDescriptor<?, ?> method) {
    Access access = Declared.of(method).orElseThrow();
    return access.getPermission().name().substring("PERMISSION_".length());
  }

  /** The first role that has a permission. */
  private static int rank(String permission) {
    for (int i = 0; i < ROLES.size(); i++) {
      if (List.of(GRANTED.get(ROLES.get(i)).split(" ")).contains(permission)) {
        return i;
      }
    }
    throw new AssertionError("no role has " + permission);
  }

  private static Code expected(String needed, int role) {
    return switch (needed) {
      case "PUBLIC" -> Code.OK;
      case "MESH" -> Code.PERMISSION_DENIED;
      case "SIGNED_IN" -> role < 0 ? Code.UNAUTHENTICATED : Code.OK;
      default ->
          role < 0 ? Code.UNAUTHENTICATED : role >= rank(needed) ? Code.OK : Code.PERMISSION_DENIED;
    };
  }

  private void expect(String who, MethodDescriptor<?, ?> method, Code code, String... headers) {
    assertThat(open.call(method, headers).getStatus().getCode())
        .as("%s calls %s", who, method.getFullMethodName())
        .isEqualTo(code);
  }

  @Test
  void everyServiceOfTheContractIsWalkedAndEveryMethodIsDeclared() throws IOException {
    TreeSet<String> written = new TreeSet<>();
    Pattern service = Pattern.compile("^service (\\w+) \\{", Pattern.MULTILINE);
    try (var files = Files.walk(Path.of("..", "proto", "parley"))) {
      for (Path file : files.filter(it -> it.toString().endsWith("_service.proto")).toList()) {
        service.matcher(Files.readString(file)).results().forEach(it -> written.add(it.group(1)));
      }
    }
    TreeSet<String> walked = new TreeSet<>();
    Contract.SERVICES.forEach(it -> walked.add(it.getName().replaceFirst(".*\\.", "")));
    assertThat(walked).isEqualTo(written);
    assertThat(Contract.methods()).allSatisfy(it -> assertThat(Declared.of(it)).isPresent());
  }

  @Test
  void everyRoleMayWhatItsRankAllowsAndNoMore() {
    Map<String, Integer> let = new TreeMap<>();
    Contract.methods()
        .forEach(method -> {
          for (int role = 0; role < ROLES.size(); role++) {
            String name = ROLES.get(role);
            Code code = expected(needed(method), role);
            expect(name, method, code, "authorization", "Bearer role:" + name);
            let.merge(name, code == Code.OK ? 1 : 0, Integer::sum);
          }
        });
    assertThat(let.get("viewer")).isLessThan(let.get("member"));
    assertThat(let.get("admin")).isLessThan(let.get("owner"));
  }

  @Test
  void whoShowsNothingIsNobodyOrTheOwnerOfTheMachine() {
    try (Guarded machine = new Guarded(Gate.machine().outer(), Contract.SERVICES)) {
      Contract.methods()
          .forEach(method -> {
            expect("nobody", method, expected(needed(method), -1));
            assertThat(machine.call(method).getStatus().getCode())
                .as("the machine's owner calls %s", method.getFullMethodName())
                .isEqualTo(expected(needed(method), ROLES.size() - 1));
          });
    }
  }

  @Test
  void aBadCredentialIsRefusedEverywhereAlsoWhereNoneIsNeeded() {
    List<String> bad = List.of("Bearer x", "Bearer", "", "Basic cm9vdDpyb290", "role:owner");
    try (Guarded machine = new Guarded(Gate.machine().outer(), Contract.SERVICES)) {
      for (Guarded door : List.of(open, machine)) {
        Contract.methods()
            .forEach(method ->
                bad.forEach(it ->
                    assertThat(Failures.fromStatus(door.call(method, "authorization", it)).reason())
                        .as("%s with %s", method.getFullMethodName(), it)
                        .isEqualTo("TOKEN_INVALID")));
      }
    }
  }

  @Test
  void aKeyMayWhatItsPermissionAllowsWhateverItsHolderIs() {
    List<Permission> all =
        Arrays.stream(Permission.values())
            .filter(it -> it != Permission.UNRECOGNIZED && it.getNumber() >= 10)
            .toList();
    for (Permission only : all) {
      String name = only.name().substring("PERMISSION_".length());
      Contract.methods()
          .forEach(method -> {
            String needed = needed(method);
            Code code =
                switch (needed) {
                  case "PUBLIC", "SIGNED_IN" -> Code.OK;
                  default -> needed.equals(name) ? Code.OK : Code.PERMISSION_DENIED;
                };
            expect("a key for " + name, method, code, "authorization", "Bearer key:" + name);
          });
    }
  }

  @Test
  void whatEverybodyCanReadOffAPageOpensOnlyWhatSaysSo() {
    Contract.methods()
        .forEach(method -> {
          Access access = Declared.of(method).orElseThrow();
          boolean open = access.getPermission() == Permission.PERMISSION_PUBLIC;
          expect(
              "a widget",
              method,
              open || access.getWidgets() ? Code.OK : Code.PERMISSION_DENIED,
              "authorization",
              "Bearer widget:ada");
        });
    assertThat(Contract.methods().filter(it -> Declared.of(it).orElseThrow().getWidgets()))
        .extracting(it -> it.getBareMethodName())
        .doesNotContain("ListSessions", "ListItems", "ForgetMe", "GetMe", "CreateApiKey");
  }

  @Test
  void onlyOurOwnServicesCallWhatIsForThemAndOnlyThroughTheirDoor() {
    String[] named = {"parley-organisation", "acme", "parley-person", "p9"};
    Contract.methods()
        .forEach(method -> {
          boolean ours =
              needed(method).equals("MESH")
                  || Declared.of(method).orElseThrow().getScope() == Scope.SCOPE_NAMED_OWNER;
          assertThat(inner.call(method, named).getStatus().getCode()).isEqualTo(Code.OK);
          assertThat(inner.last().owner().personId()).isEqualTo("p9");
          String[] passed = {
            "parley-organisation", "acme", "parley-person", "p9", "parley-door", "outside"
          };
          Code code = expected(needed(method), -1);
          assertThat(inner.call(method, passed).getStatus().getCode()).isEqualTo(code);
          assertThat(open.call(method, named).getStatus().getCode()).isEqualTo(code);
          if (ours) {
            assertThat(code).isEqualTo(Code.PERMISSION_DENIED);
          }
        });
  }

  @Test
  void aRefusalNamesThePermissionAndTheLeastRole() {
    var method = dev.parley.character.v1.CharacterServiceGrpc.getDeleteCharacterMethod();
    var failure = Failures.fromStatus(open.call(method, "authorization", "Bearer role:viewer"));
    assertThat(failure.reason()).isEqualTo("PERMISSION_DENIED");
    assertThat(failure).hasMessage("characters_write takes the role editor (the caller is viewer)");
    var status = io.grpc.protobuf.StatusProto.fromThrowable(open.call(method));
    assertThat(status.toString()).contains("UNAUTHENTICATED", "characters_write");
  }
}
