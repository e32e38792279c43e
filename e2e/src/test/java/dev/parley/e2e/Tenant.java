package dev.parley.e2e;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.parley.kit.ids.Ids;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** An organisation with an owner who signed up, and programs of every kind in it. */
final class Tenant {
  private final Running parley;
  private final Map<String, String> owner;
  final String organisationId;
  final String personId;

  private Tenant(Running parley, JsonObject tokens) {
    this.parley = parley;
    this.owner = Map.of("authorization", "Bearer " + tokens.get("accessToken").getAsString());
    this.organisationId = tokens.getAsJsonObject("organisation").get("id").getAsString();
    this.personId = tokens.getAsJsonObject("person").get("id").getAsString();
  }

  static Tenant signUp(Running parley, String name) throws Exception {
    JsonObject request = new JsonObject();
    request.addProperty("email", name + "-" + Ids.next() + "@example.org");
    request.addProperty("password", "a long word of " + name + " and a number 7431");
    request.addProperty("displayName", name);
    request.addProperty("organisationName", name);
    HttpResponse<String> made = parley.post("/v1/identity:signUp", request.toString());
    return new Tenant(parley, read(made).getAsJsonObject("tokens"));
  }

  /** Headers of the owner. */
  Map<String, String> owner() {
    return owner;
  }

  /** Headers of a program with that role, as in {@code editor}, and at most these permissions. */
  Map<String, String> program(String role, String... permissions) throws Exception {
    String account = serviceAccount(role);
    JsonObject key = new JsonObject();
    key.addProperty("displayName", "of a program");
    key.addProperty("serviceAccountId", account);
    key.add("permissions", texts(permissions));
    return Map.of("x-api-key", secret(key));
  }

  String serviceAccount(String role) throws Exception {
    JsonObject account = new JsonObject();
    account.addProperty("displayName", "a " + role);
    account.addProperty("role", "ROLE_" + role.toUpperCase(java.util.Locale.ROOT));
    return post("/v1/serviceAccounts", account)
        .getAsJsonObject("serviceAccount")
        .get("id")
        .getAsString();
  }

  /** Headers of a page with a widget for those characters. */
  Map<String, String> widget(String origin, String... characters) throws Exception {
    JsonObject key = new JsonObject();
    key.addProperty("displayName", "of a page");
    key.addProperty("kind", "API_KEY_KIND_WIDGET");
    key.add("origins", texts(origin));
    key.add("characterIds", texts(characters));
    return Map.of(
        "x-api-key", secret(key), "origin", origin, "x-parley-visitor", "visitor-0123456789abcdef");
  }

  private String secret(JsonObject key) throws Exception {
    return post("/v1/keys", key).get("secret").getAsString();
  }

  /** Waits while the address that all tests share is told to. */
  JsonObject post(String path, JsonObject body) throws Exception {
    var answer = posted(path, body);
    for (int i = 0; i < 50 && answer.statusCode() == 429; i++) {
      Thread.sleep(100);
      answer = posted(path, body);
    }
    return read(answer);
  }

  private HttpResponse<String> posted(String path, JsonObject body) throws Exception {
    var request = parley.to(path);
    owner.forEach(request::header);
    return parley.send(request, "POST", body.toString());
  }

  HttpResponse<String> upload(String path, String text) throws Exception {
    var request = parley.to(path);
    owner.forEach(request::header);
    return parley.send(request, "POST", "text/plain", text);
  }

  private static JsonArray texts(String... texts) {
    JsonArray array = new JsonArray();
    List.of(texts).forEach(array::add);
    return array;
  }

  private static JsonObject read(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.uri() + " " + answer.statusCode() + " " + answer.body());
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
