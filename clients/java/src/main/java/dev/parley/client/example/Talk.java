package dev.parley.client.example;

import dev.parley.client.Conversation;
import dev.parley.client.Door;
import dev.parley.client.Parley;
import dev.parley.client.ParleyException;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.Tier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Talk to a character: {@code Talk [BASE [DOOR [CHARACTER [KEY]]]]}. Type a line to say it, an
 * empty one to interrupt. The connection may break: the conversation goes on.
 */
public final class Talk {
  private static final Duration LAST_WORDS = Duration.ofMinutes(1);

  private final Conversation conversation;
  private final Semaphore answered = new Semaphore(0);
  private String answering = "";

  private Talk(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Talks until the input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Door door = Door.named(argument(arguments, 1, "grpc"));
    SessionStart start =
        SessionStart.newBuilder()
            .setCharacterId(argument(arguments, 2, "ada"))
            .addTiers(Tier.TIER_TEXT)
            .addTiers(Tier.TIER_AUDIO)
            .setGreet(true)
            .build();
    String base = argument(arguments, 0, "http://localhost:8080");
    try (Parley parley = Parley.at(base, argument(arguments, 3, ""));
        Conversation conversation = parley.converse(door, start)) {
      Talk talk = new Talk(conversation);
      Thread.ofVirtual().start(talk::listen);
      int said = talk.speak();
      // Lets the last answer be heard when the input was a file.
      talk.answered.tryAcquire(said, LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
    } catch (ParleyException refused) {
      report(refused);
    }
  }

  private static String argument(String[] arguments, int index, String otherwise) {
    return arguments.length > index ? arguments[index] : otherwise;
  }

  private int speak() throws IOException {
    int said = 0;
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isBlank()) {
        var interrupt = Interrupt.getDefaultInstance();
        conversation.send(ClientEvent.newBuilder().setInterrupt(interrupt).build());
      } else {
        conversation.say(line.strip());
        said++;
      }
    }
    return said;
  }

  /** Prints what is said, word by word as it is heard, and where an answer comes from. */
  private void listen() {
    try {
      Optional<ServerEvent> event = conversation.next(Duration.ofHours(1));
      while (event.isPresent()) {
        print(event.get());
        event = conversation.next(Duration.ofHours(1));
      }
    } catch (ParleyException over) {
      report(over);
    }
  }

  private void print(ServerEvent event) {
    switch (event.getEventCase()) {
      case WORD_SPOKEN -> System.out.print(event.getWordSpoken().getWord() + " ");
      case CITATION -> System.out.print("[" + event.getCitation().getTitle() + "] ");
      case INTERRUPTED -> System.out.print("-- ");
      case TURN_STARTED -> {
        if (!event.getTurnStarted().getInputText().isEmpty()) {
          answering = event.getTurnId();
        }
      }
      case TURN_COMPLETED -> {
        System.out.println();
        answered.release(event.getTurnId().equals(answering) ? 1 : 0);
      }
      case PROBLEM -> System.err.println("(" + event.getProblem().getMessage() + ")");
      default -> {}
    }
    System.out.flush();
  }

  private static void report(ParleyException failure) {
    System.err.println(failure);
    failure
        .violations()
        .forEach(v -> System.err.println("  " + v.field() + ": " + v.description()));
  }
}
