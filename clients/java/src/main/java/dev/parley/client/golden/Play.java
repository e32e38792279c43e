package dev.parley.client.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.parley.client.Conversation;
import dev.parley.client.Door;
import dev.parley.client.Parley;
import dev.parley.client.ParleyException;
import dev.parley.conversation.v1.AudioChunk;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.EndOfInput;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One golden conversation, played once through one door. For one thread. */
final class Play implements AutoCloseable {
  private static final int CHUNK_BYTES = 3_200; // 100 ms of 16 kHz.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Parley parley;
  private final Door door;
  private final Script script;
  private final Script.Variables variables = new Script.Variables();
  private final Map<String, Heard> heard = new LinkedHashMap<>();
  private final String character;

  Play(Parley parley, Door door, Script script) {
    this.parley = parley;
    this.door = door;
    this.script = script;
    String run = UUID.randomUUID().toString().substring(24);
    character = "golden-" + run;
    variables.put("run", run);
    variables.put("character", character);
  }

  /** Fails with {@link Script.Broken}, naming the step, where something is not as expected. */
  void run() throws Exception {
    makeCharacter();
    int number = 0;
    for (JsonObject step : script.steps()) {
      number++;
      String verb = step.keySet().iterator().next();
      try {
        step(verb, variables.filled(step.get(verb)).getAsJsonObject());
      } catch (Script.Broken | ParleyException wrong) {
        throw new Script.Broken("step " + number + " (" + verb + "): " + wrong);
      }
    }
    for (Heard one : heard.values()) {
      Rules.broken(one.events())
          .ifPresent(rule -> {
            throw new Script.Broken("rule: " + rule);
          });
    }
  }

  private void step(String verb, JsonObject step) throws Exception {
    switch (verb) {
      case "open" -> open(step);
      case "send" ->
          on(step).conversation().send(parse(step.get("event"), ClientEvent.newBuilder()));
      case "speak" -> speak(step);
      case "until" -> variables.save(step, on(step).until(step));
      case "cut" -> on(step).conversation().cut();
      case "close" -> on(step).conversation().close();
      case "call" -> call(step);
      case "voice" -> voice(step);
      case "same" -> same(step);
      default -> throw new Script.Broken("no such step");
    }
  }

  private Heard on(JsonObject step) {
    return heard.get(step.get("on").getAsString());
  }

  private void makeCharacter() {
    JsonObject about = variables.filled(script.json().get("character")).getAsJsonObject();
    about.addProperty("id", character);
    JsonObject request = new JsonObject();
    request.add("character", about);
    var answer = parley.http("POST", "/v1/characters", request.toString());
    if (answer.statusCode() != 200) {
      throw new Script.Broken("no character: " + new String(answer.body()));
    }
  }

  private void open(JsonObject step) {
    String name = step.get("as").getAsString();
    try {
      Conversation conversation =
          parley.converse(door, parse(step.get("start"), SessionStart.newBuilder()));
      Heard one = new Heard(conversation);
      heard.put(name, one);
      Optional<ServerEvent> event = conversation.next(PATIENCE);
      while (event.isPresent() && !event.get().hasSessionStarted()) {
        event = conversation.next(PATIENCE);
      }
      one.events().add(event.orElseThrow(() -> new Script.Broken("ended before it began")));
    } catch (ParleyException refused) {
      heard.remove(name);
      expectError(step, refused);
      return;
    }
    expectAnswer(step, Heard.json(heard.get(name).conversation().session()));
    var session = heard.get(name).conversation().session();
    variables.put(name + ".session", session.getSessionId());
    variables.put(name + ".token", session.getResumeToken());
    variables.put(name + ".client", session.getClientId());
  }

  private void speak(JsonObject step) throws IOException, InterruptedException {
    byte[] wav = Files.readAllBytes(script.folder().resolve(step.get("wav").getAsString()));
    Conversation conversation = on(step).conversation();
    long begin = System.nanoTime();
    for (int from = 44; from < wav.length; from += CHUNK_BYTES) {
      int length = Math.min(CHUNK_BYTES, wav.length - from);
      var chunk = AudioChunk.newBuilder().setData(ByteString.copyFrom(wav, from, length));
      conversation.send(ClientEvent.newBuilder().setAudioChunk(chunk).build());
      long due = begin + (from / CHUNK_BYTES + 1) * 100_000_000L;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    }
    conversation.send(
        ClientEvent.newBuilder().setEndOfInput(EndOfInput.getDefaultInstance()).build());
  }

  private void call(JsonObject step) throws InterruptedException {
    long end =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(step.has("within_s") ? step.get("within_s").getAsInt() : 0);
    while (true) {
      try {
        callOnce(step);
        return;
      } catch (Script.Broken notYet) {
        if (System.nanoTime() > end) {
          throw notYet;
        }
        Thread.sleep(200);
      }
    }
  }

  private void callOnce(JsonObject step) {
    JsonObject answer;
    try {
      answer = Heard.json(calling(step));
    } catch (ParleyException refused) {
      expectError(step, refused);
      return;
    }
    expectAnswer(step, answer);
    variables.save(step, answer);
  }

  @SuppressWarnings("unchecked") // The request is built from the method's own prototype.
  private Message calling(JsonObject step) {
    String name = step.get("method").getAsString();
    var method =
        (MethodDescriptor<Message, Message>)
            ConversationServiceGrpc.getServiceDescriptor().getMethods().stream()
                .filter(m -> name.equals(m.getBareMethodName()))
                .findFirst()
                .orElseThrow(() -> new Script.Broken("no method " + name));
    var marshaller = (MethodDescriptor.PrototypeMarshaller<Message>) method.getRequestMarshaller();
    Message.Builder builder = marshaller.getMessagePrototype().newBuilderForType();
    String http = step.get("http").getAsString();
    return parley.calls(door).call(method, parse(step.get("request"), builder), http);
  }

  private static void expectAnswer(JsonObject step, JsonObject answer) {
    if (step.has("error")) {
      throw new Script.Broken("answered, expected " + step.get("error"));
    }
    if (step.has("answer")) {
      Matcher.mismatch(step.get("answer"), answer, "answer")
          .ifPresent(wrong -> {
            throw new Script.Broken(wrong);
          });
    }
  }

  private void expectError(JsonObject step, ParleyException refused) {
    if (!step.has("error")) {
      throw refused;
    }
    JsonObject error = new JsonObject();
    error.addProperty("code", refused.code().name());
    error.addProperty("reason", refused.reason());
    error.addProperty("message", refused.getMessage());
    JsonArray fields = new JsonArray();
    refused.violations().forEach(v -> fields.add(v.field()));
    error.add("fields", fields);
    refused.retryAfter().ifPresent(d -> error.addProperty("retryAfterS", d.toMillis() / 1e3));
    JsonArray quotas = new JsonArray();
    refused.quota().ifPresent(q -> q.getViolationsList().forEach(v -> quotas.add(v.getSubject())));
    error.add("quotas", quotas);
    Matcher.mismatch(step.get("error"), error, "error")
        .ifPresent(wrong -> {
          throw new Script.Broken(wrong);
        });
  }

  private void voice(JsonObject step) {
    String turn = step.get("turn").getAsString();
    byte[] told = Rules.voice(on(step).events(), turn);
    byte[] wav = parley.http("GET", "/v1/turns/" + turn + "/audio", "").body();
    byte[] kept = Arrays.copyOfRange(wav, Math.min(44, wav.length), wav.length);
    int same = Math.min(told.length, kept.length);
    if (Math.abs(told.length - kept.length) > 2
        || Arrays.mismatch(Arrays.copyOf(told, same), Arrays.copyOf(kept, same)) >= 0) {
      throw new Script.Broken(
          "heard " + told.length + " bytes of voice, kept are " + kept.length + ", or they differ");
    }
  }

  private void same(JsonObject step) {
    List<JsonElement> kinds = step.getAsJsonArray("kinds").asList();
    List<List<JsonObject>> told =
        step.getAsJsonArray("as").asList().stream()
            .map(as -> heard.get(as.getAsString()).events())
            .map(all -> all.stream().map(Heard::json).filter(e -> anyOf(kinds, e)).toList())
            .toList();
    if (told.stream().distinct().count() != 1 || told.getFirst().isEmpty()) {
      throw new Script.Broken("told different things: " + told.stream().map(List::size).toList());
    }
  }

  private static boolean anyOf(List<JsonElement> kinds, JsonObject event) {
    return kinds.stream().anyMatch(kind -> event.has(kind.getAsString()));
  }

  @SuppressWarnings("unchecked") // A builder builds what it is a builder of.
  private static <T extends Message> T parse(JsonElement json, Message.Builder into) {
    try {
      JsonFormat.parser().merge(json.toString(), into);
      return (T) into.build();
    } catch (InvalidProtocolBufferException e) {
      throw new Script.Broken(e.getMessage() + " in " + new JsonPrimitive(json.toString()));
    }
  }

  @Override
  public void close() {
    heard.values().forEach(one -> one.conversation().close());
    parley.http("DELETE", "/v1/characters/" + character, "");
  }
}
