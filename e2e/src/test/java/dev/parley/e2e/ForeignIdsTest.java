package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.parley.kit.ids.Ids;
import io.grpc.MethodDescriptor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another organisation's ids are ids of nothing, in every method that takes one. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForeignIdsTest {
  private static final String SECRET = "zanzibar";
  private static final int NOT_FOUND = 5;

  /** Lists, searches and what is made: answered with one's own, whatever ids were named. */
  private static final Set<String> OWN =
      Set.of(
          "ExportItems",
          "ListItems",
          "ListSessions",
          "SearchDocuments",
          "SearchItems",
          "Synthesize",
          "SynthesizeFile",
          "UploadDocument");

  /** Refused for more than their ids, which are made whole by no field alone. */
  private static final Set<String> INCOMPLETE =
      Set.of(
          "Converse", "StreamRecognize", "SignIn", "SynthesizeFile", "UpdateItem", "UpsertPoints");

  private static final Running PARLEY = Running.shared();
  private static Tenant acme;
  private static Tenant globex;
  private static final Map<String, String> IDS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    acme = Tenant.signUp(PARLEY, "acme");
    globex = Tenant.signUp(PARLEY, "globex");
    IDS.put("organisation_id", acme.organisationId);
    IDS.put("person_id", acme.personId);
    IDS.put("service_account_id", acme.serviceAccount("viewer"));
    JsonObject key = new JsonObject();
    key.addProperty("displayName", SECRET);
    IDS.put("key_id", id(acme.post("/v1/keys", key), "key"));
    JsonObject invitation = new JsonObject();
    invitation.addProperty("email", SECRET + "-" + Ids.next() + "@example.org");
    invitation.addProperty("role", "ROLE_VIEWER");
    IDS.put("invitation_id", id(acme.post("/v1/invitations", invitation), "invitation"));
    aCharacterAndWhatItRemembers();
    aDocument();
  }

  private static void aCharacterAndWhatItRemembers() throws Exception {
    JsonObject character = new JsonObject();
    character.addProperty("id", SECRET);
    character.addProperty("displayName", SECRET);
    JsonObject make = new JsonObject();
    make.add("character", character);
    acme.post("/v1/characters", make);
    IDS.put("character_id", SECRET);
    JsonObject say = new JsonObject();
    say.addProperty("text", "My name is " + SECRET + ".");
    JsonObject turn =
        acme.post("/v1/characters/" + SECRET + ":respond", say).getAsJsonObject("turn");
    IDS.put("turn_id", turn.get("id").getAsString());
    IDS.put("session_id", turn.get("sessionId").getAsString());
  }

  private static void aDocument() throws Exception {
    JsonObject collection = new JsonObject();
    collection.addProperty("id", "papers");
    collection.addProperty("displayName", SECRET);
    acme.post("/v1/collections", collection);
    IDS.put("collection_id", "papers");
    String words = "The word is " + SECRET + ". Nobody else may read it.";
    HttpResponse<String> kept =
        acme.upload("/v1/documents?display_name=" + SECRET + ".txt&collection_id=papers", words);
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    IDS.put(
        "document_id",
        id(com.google.gson.JsonParser.parseString(kept.body()).getAsJsonObject(), "document"));
    while (!read("/v1/documents/" + IDS.get("document_id")).contains("STAGE_READY")) {
      Thread.sleep(100);
    }
  }

  private static String read(String path) throws Exception {
    var request = PARLEY.to(path);
    acme.owner().forEach(request::header);
    HttpResponse<String> answer = PARLEY.send(request, "GET", "");
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String id(JsonObject answer, String of) {
    return answer.getAsJsonObject(of).get("id").getAsString();
  }

  /** The request with every id of acme in its field, and whatever else it needs to be whole. */
  private static Message aimed(Message empty, int depth) {
    Message.Builder request = empty.toBuilder();
    for (FieldDescriptor field : empty.getDescriptorForType().getFields()) {
      if (field.isRepeated()) {
        if (field.getFullName().endsWith("SendInputRequest.events")) {
          request.addRepeatedField(field, Talking.text(1, SECRET));
        } else if (field.getName().equals("point_ids")) {
          request.addRepeatedField(field, SECRET);
        }
      } else if (field.getJavaType() == JavaType.STRING) {
        filled(field).ifPresent(it -> request.setField(field, it));
      } else if (field.getName().equals("page")) {
        request.setField(field, 1);
      } else if (field.getJavaType() == JavaType.ENUM) {
        request.setField(field, field.getEnumType().getValues().get(1));
      } else if (field.getJavaType() == JavaType.MESSAGE && depth > 0) {
        Message inner = aimed(request.newBuilderForField(field).build(), depth - 1);
        if (!inner.equals(inner.getDefaultInstanceForType())) {
          request.setField(field, inner);
        }
      }
    }
    return request.build();
  }

  private static Optional<String> filled(FieldDescriptor field) {
    String name = field.getName();
    if (field.getFullName().equals("parley.character.v1.Character.id")) {
      return Optional.of(SECRET);
    }
    return List.of("text", "query", "quote").contains(name)
        ? Optional.of(SECRET)
        : name.equals("display_name") ? Optional.of("mine") : Optional.ofNullable(IDS.get(name));
  }

  private static boolean isNamed(Message request) {
    return IDS.values().stream().anyMatch(request.toString()::contains);
  }

  /** What is to be said is said. */
  private static boolean isEcho(MethodDescriptor<?, ?> method) {
    return method.getBareMethodName().equals("Synthesize");
  }

  /** What acme sees of its own. */
  private static String allOfAcme() throws Exception {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of(
            "/v1/characters/" + SECRET,
            "/v1/sessions/" + IDS.get("session_id"),
            "/v1/turns/" + IDS.get("turn_id"),
            "/v1/documents/" + IDS.get("document_id"),
            "/v1/collections",
            "/v1/members",
            "/v1/invitations",
            "/v1/serviceAccounts",
            "/v1/organisation")) {
      all.append(read(path)).append('\n');
    }
    return all.toString();
  }

  /** Only services may call it: nobody else is told that it is there. */
  private static boolean isInner(MethodDescriptor<?, ?> method) {
    return Everything.needed(method).equals("MESH");
  }

  @Test
  void noMethodAnswersWithOrChangesWhatIsAnothers() throws Exception {
    String before = allOfAcme();
    List<String> wrong = new ArrayList<>();
    Set<String> answered = new TreeSet<>();
    Set<String> otherwise = new TreeSet<>();
    int aimedAt = 0;
    for (MethodDescriptor<?, ?> method : Everything.methods().toList()) {
      Message request = aimed(Door.empty(method), 2);
      if (!isNamed(request) || method.getBareMethodName().equals("CreateCharacter")) {
        continue; // Of one's own, as to leave; ids that one gives oneself may be anybody's.
      }
      for (Door door : Door.values()) {
        Optional<Outcome> answer = door.call(PARLEY, method, request, globex.owner());
        if (answer.isEmpty()) {
          continue;
        }
        aimedAt++;
        Outcome it = answer.get();
        if (it.code() == 0) {
          answered.add(method.getBareMethodName());
        } else if (it.code() != NOT_FOUND
            && !isInner(method)
            && !INCOMPLETE.contains(method.getBareMethodName())) {
          otherwise.add(method.getBareMethodName() + " " + it);
        }
        if (it.code() == 0 && it.text().contains(SECRET) && !isEcho(method)) {
          wrong.add(door + " " + method.getFullMethodName() + " " + it);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(otherwise).as("not refused as what is not there").isEmpty();
    assertThat(answered).isSubsetOf(OWN);
    assertThat(aimedAt).isGreaterThan(60);
    assertThat(allOfAcme()).isEqualTo(before);
  }
}
