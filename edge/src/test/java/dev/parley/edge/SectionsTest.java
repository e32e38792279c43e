package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.parley.identity.v1.Person;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of a file that is written while its parts come. */
class SectionsTest {
  private final Sections sections = new Sections(List.of("profile", "conversations", "memories"));
  private final StringBuilder file = new StringBuilder();

  @Test
  void everyListIsThereUnderItsNameInOrderWithItsParts() {
    begin();
    add("profile", "ann");
    add("conversations", "one");
    add("conversations", "two");
    add("memories", "three");
    JsonObject all = end();
    assertThat(all.keySet()).containsExactly("profile", "conversations", "memories");
    assertThat(ids(all, "profile")).containsExactly("ann");
    assertThat(ids(all, "conversations")).containsExactly("one", "two");
    assertThat(ids(all, "memories")).containsExactly("three");
  }

  @Test
  void aListOfWhichNothingComesIsEmptyWhereverItStands() {
    begin();
    add("memories", "only");
    JsonObject all = end();
    assertThat(ids(all, "profile")).isEmpty();
    assertThat(ids(all, "conversations")).isEmpty();
    assertThat(ids(all, "memories")).containsExactly("only");
  }

  @Test
  void whoHasNothingGetsEmptyLists() {
    begin();
    JsonObject all = end();
    assertThat(all.keySet()).containsExactly("profile", "conversations", "memories");
    all.keySet().forEach(it -> assertThat(ids(all, it)).isEmpty());
  }

  @Test
  void whatStandsInTextsBreaksNothing() {
    begin();
    add("profile", "\"],\"memories\":[{\"id\":\"forged\n\\");
    JsonObject all = end();
    assertThat(ids(all, "memories")).isEmpty();
    assertThat(ids(all, "profile")).containsExactly("\"],\"memories\":[{\"id\":\"forged\n\\");
  }

  private void begin() {
    file.append(sections.begin());
  }

  private void add(String list, String id) {
    file.append(sections.add(list, Person.newBuilder().setId(id).build()));
  }

  private JsonObject end() {
    return JsonParser.parseString(file.append(sections.end()).toString()).getAsJsonObject();
  }

  private static List<String> ids(JsonObject all, String list) {
    return all.getAsJsonArray(list).asList().stream()
        .map(it -> it.getAsJsonObject().get("id").getAsString())
        .toList();
  }
}
