package dev.parley.e2e;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.OpenSessionRequest;
import dev.parley.conversation.v1.OpenSessionResponse;
import dev.parley.conversation.v1.SendInputRequest;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** JSON up, server-sent events down; {@code id:} is what it comes back with. */
final class RestTalk implements Carrier.Talk {
  private final HttpClient http;
  private final String root;
  private final SessionStarted session;
  private final BufferedReader lines;
  private final Received heard = new Received();

  private RestTalk(
      HttpClient http, int port, SessionStarted session, SessionStart start, long afterSeq) {
    this.http = http;
    this.root = "http://127.0.0.1:" + port;
    this.session = session;
    if (afterSeq <= 1) {
      var started = ServerEvent.newBuilder().setSeq(afterSeq).setSessionStarted(session);
      heard.add(Optional.of(started.build()));
    }
    this.lines = subscribe(start, afterSeq);
    heard.from(this::read);
  }

  static RestTalk open(int port, SessionStart start) {
    HttpClient http = client();
    var request = OpenSessionRequest.newBuilder().setStart(start).build();
    var opened = OpenSessionResponse.newBuilder();
    post(http, "http://127.0.0.1:" + port + "/v1/sessions", request, opened);
    return new RestTalk(http, port, opened.getStarted(), start, opened.getSeq());
  }

  static RestTalk subscribed(int port, SessionStarted session, SessionStart start, long afterSeq) {
    return new RestTalk(client(), port, session, start, afterSeq);
  }

  private BufferedReader subscribe(SessionStart start, long afterSeq) {
    String tiers = start.getTiersList().stream().map(Enum::name).collect(Collectors.joining(","));
    String path =
        root
            + "/v1/sessions/"
            + session.getSessionId()
            + ":subscribe?client_id="
            + session.getClientId()
            + (tiers.isEmpty() ? "" : "&tiers=" + tiers);
    var request =
        HttpRequest.newBuilder(URI.create(path)).header("last-event-id", "" + afterSeq).build();
    try {
      var body = http.send(request, BodyHandlers.ofInputStream()).body();
      return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<ServerEvent> next(Duration limit) {
    return heard.next(limit);
  }

  private Optional<ServerEvent> read() {
    try {
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        id = line.startsWith("id: ") ? line.substring(4) : id;
        if (line.equals("event: status")) {
          return Optional.empty();
        }
        if (line.startsWith("data: ")) {
          ServerEvent event = parse(line.substring(6), id);
          if (!event.hasSessionStarted()) {
            return Optional.of(event);
          }
          id = "";
        }
      }
      return Optional.empty();
    } catch (IOException cut) {
      return Optional.empty();
    }
  }

  private static ServerEvent parse(String json, String id) throws IOException {
    var event = ServerEvent.newBuilder();
    JsonFormat.parser().merge(json, event);
    if (event.getSeq() > 0 && !id.equals("" + event.getSeq())) {
      throw new IllegalStateException("id: " + id + " of event " + event.getSeq());
    }
    return event.build();
  }

  @Override
  public void send(ClientEvent event) {
    var request =
        SendInputRequest.newBuilder().setClientId(session.getClientId()).addEvents(event).build();
    post(
        http,
        root + "/v1/sessions/" + session.getSessionId() + ":send",
        request,
        dev.parley.conversation.v1.SendInputResponse.newBuilder());
  }

  private static void post(HttpClient http, String uri, Message body, Message.Builder into) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(uri))
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(JsonFormat.printer().print(body)))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
      JsonFormat.parser().ignoringUnknownFields().merge(answer.body(), into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
