package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import io.grpc.MethodDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every method, for everybody who may come, through every door of the embedded edge. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccessTest {
  private static final String SHOP = "https://shop.example";
  private static final int ASKED_AGAIN = 5;
  private static final Map<String, String> NOBODY = Map.of();

  /** Programs of one organisation ask a Parley that others use, too. */
  private static Tenant acme;

  @TempDir private Path folder;

  @BeforeAll
  static void signUp() throws Exception {
    acme = Tenant.signUp(Running.shared(), "acme");
  }

  /** Roles by their number in the contract. */
  private static List<Role> roles() {
    return Arrays.stream(Role.values())
        .filter(it -> it != Role.UNRECOGNIZED && it != Role.ROLE_UNSPECIFIED)
        .toList();
  }

  private static boolean may(Role role, MethodDescriptor<?, ?> method) {
    Permission needed = Everything.access(method).getPermission();
    Role least =
        needed
            .getValueDescriptor()
            .getOptions()
            .getExtension(dev.parley.type.v1.AccessOuterClass.leastRole);
    return switch (Everything.needed(method)) {
      case "PUBLIC", "SIGNED_IN" -> true;
      case "MESH" -> false;
      default -> role.getNumber() >= least.getNumber();
    };
  }

  private record Case(String who, Map<String, String> headers, boolean in) {}

  /** Who got another answer than the contract declares, of all methods but those. */
  private static List<String> wrong(
      Running parley, List<String> without, Function<MethodDescriptor<?, ?>, List<Case>> cases) {
    List<Callable<List<String>>> walks = new ArrayList<>();
    Everything.methods()
        .filter(it -> !without.contains(it.getBareMethodName()))
        .forEach(it -> walks.add(() -> wrong(parley, it, cases.apply(it))));
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<String> wrong = new ArrayList<>();
      for (Future<List<String>> it : threads.invokeAll(walks)) {
        wrong.addAll(it.get());
      }
      return wrong;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> wrong(
      Running parley, MethodDescriptor<?, ?> method, List<Case> cases) {
    List<String> wrong = new ArrayList<>();
    Message empty = Door.empty(method);
    for (Door door : Door.values()) {
      for (Case it : cases) {
        boolean expected = it.in() && !Everything.needed(method).equals("MESH");
        answer(() -> door.call(parley, method, empty, it.headers()))
            .filter(a -> isIn(a, method) != expected)
            .ifPresent(a ->
                wrong.add(it.who() + " " + door + " " + method.getFullMethodName() + ": " + a));
      }
    }
    return wrong;
  }

  /** A busy store says to ask again, which says nothing of who may. */
  private static Optional<Outcome> answer(Supplier<Optional<Outcome>> call) {
    Optional<Outcome> answer = call.get();
    for (int again = 0;
        again < ASKED_AGAIN && answer.filter(it -> it.code() == 14).isPresent();
        again++) {
      answer = call.get();
    }
    return answer;
  }

  /** Services that are behind no door at all answer that there is no such method. */
  private static boolean isIn(Outcome answer, MethodDescriptor<?, ?> method) {
    boolean hidden = Everything.needed(method).equals("MESH") && answer.code() == 12;
    return !answer.isDenied() && !hidden;
  }

  /** Would end what the others are tried with. */
  private static final List<String> ENDINGS = List.of("DeleteOrganisation", "ForgetMe");

  /** The same, and what is of people alone, whatever their role. */
  private static final List<String> NOT_FOR_PROGRAMS =
      List.of("DeleteOrganisation", "ForgetMe", "UpdateMe", "RequestVerification");

  @Test
  void everyRoleGetsTheAnswerThatTheContractDeclares() throws Exception {
    Map<Role, Map<String, String>> programs = new EnumMap<>(Role.class);
    for (Role role : roles()) {
      programs.put(role, acme.program(role.name().substring("ROLE_".length())));
    }
    assertThat(
            wrong(
                Running.shared(),
                NOT_FOR_PROGRAMS,
                method ->
                    roles().stream()
                        .map(it -> new Case(it.name(), programs.get(it), may(it, method)))
                        .toList()))
        .isEmpty();
  }

  @Test
  void aKeyMayOnlyWhatItSays() throws Exception {
    List<Permission> permissions =
        Arrays.stream(Permission.values())
            .filter(it -> it != Permission.UNRECOGNIZED && it.getNumber() >= 10)
            .toList();
    Map<Permission, Map<String, String>> keys = new EnumMap<>(Permission.class);
    for (Permission it : permissions) {
      keys.put(it, acme.program("OWNER", it.name()));
    }
    assertThat(
            wrong(
                Running.shared(),
                NOT_FOR_PROGRAMS,
                method -> {
                  Permission needed = Everything.access(method).getPermission();
                  int at = Math.max(0, permissions.indexOf(needed));
                  Permission other = permissions.get((at + 1) % permissions.size());
                  boolean open = !permissions.contains(needed);
                  return List.of(
                      new Case("with it", keys.get(permissions.get(at)), true),
                      new Case("only " + other, keys.get(other), open));
                }))
        .isEmpty();
  }

  @Test
  void aWidgetOpensWhatIsMadeForPagesFromItsOriginOnly() throws Exception {
    Map<String, String> page = acme.widget(SHOP, Door.NAMELESS);
    Map<String, String> elsewhere = new HashMap<>(page);
    elsewhere.put("origin", "https://evil.example");
    assertThat(
            wrong(
                Running.shared(),
                ENDINGS,
                method -> {
                  boolean open = Everything.needed(method).equals("PUBLIC");
                  boolean in = open || Everything.access(method).getWidgets();
                  return List.of(
                      new Case("a widget", page, in),
                      new Case("the same elsewhere", elsewhere, false));
                }))
        .isEmpty();
  }

  @Test
  void whoShowsNothingOrSomethingBadIsLetInNowhereElse() throws Exception {
    try (Running parley = Running.on(folder, "--identity.required=true")) {
      Tenant there = Tenant.signUp(parley, "globex");
      Map<String, String> spoofed =
          Map.of(
              "parley-organisation", there.organisationId,
              "parley-person", there.personId,
              "parley-door", "inside");
      assertThat(
              wrong(
                  parley,
                  List.of(),
                  method -> {
                    boolean open = Everything.needed(method).equals("PUBLIC");
                    return List.of(
                        new Case("nobody", NOBODY, open),
                        new Case("made up", Map.of("x-api-key", "pk_nonsense"), false),
                        new Case("forged", Map.of("authorization", "Bearer e30.e30.e30"), false),
                        new Case("spoofed", spoofed, open));
                  }))
          .isEmpty();
    }
  }
}
