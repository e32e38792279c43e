package dev.parley.cli.talk;

import dev.parley.cli.server.Server;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import dev.parley.conversation.v1.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Talks in the terminal, or line by line from a pipe, where each line waits for its answer. */
@Command(name = "talk", description = "Talks in the terminal.", mixinStandardHelpOptions = true)
public final class Talk implements Callable<Integer> {
  private static final String HELP =
      "/voice FILE.wav speaks a recording, /stop or Ctrl-C interrupts, /quit leaves";

  private final InputStream in;
  private final boolean terminal;

  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Option(names = "--character", defaultValue = "ada", description = "With whom (ada).")
  private String character;

  public Talk(InputStream in, boolean terminal) {
    this.in = in;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return server.use(channel -> {
      try (Screen screen = screen();
          Conversation with = new Conversation(channel, start(), screen::line)) {
        String name = with.session().getCharacterName();
        screen.line(name + " is here. " + HELP);
        return converse(screen, with, new Answers(with, screen, name));
      }
    });
  }

  private Screen screen() {
    try {
      return terminal
          ? new TerminalScreen(TerminalBuilder.builder().system(true).build())
          : new PlainScreen(in, spec.commandLine().getOut());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SessionStart start() {
    return SessionStart.newBuilder()
        .setCharacterId(character)
        .setGreet(true)
        .addTiers(Tier.TIER_TEXT)
        .addTiers(Tier.TIER_AUDIO)
        .build();
  }

  private static int converse(Screen screen, Conversation with, Answers answers) {
    try (answers) {
      answers.awaitGreeting();
      boolean stay = true;
      Screen.Typed typed = new Screen.Typed.Line("");
      while (stay && !answers.over()) {
        boolean again = typed instanceof Screen.Typed.Stop;
        typed = screen.read();
        int before = answers.turnsOver();
        stay = act(screen, with, answers, typed, again);
        if (stay && asks(typed)) {
          answers.await(before);
        }
      }
      return answers.exitCode();
    }
  }

  private static boolean asks(Screen.Typed typed) {
    return typed instanceof Screen.Typed.Line(String text)
        && !text.isBlank()
        && (!text.startsWith("/") || text.startsWith("/voice "));
  }

  /** Does what was typed; false to leave. */
  private static boolean act(
      Screen screen, Conversation with, Answers answers, Screen.Typed typed, boolean again) {
    return switch (typed) {
      case Screen.Typed.End end -> false;
      case Screen.Typed.Stop stop when answers.speaking() -> interrupt(with);
      case Screen.Typed.Stop stop -> {
        screen.line("(Ctrl-C again, Ctrl-D or /quit leaves)");
        yield !again;
      }
      case Screen.Typed.Line(String text) -> line(screen, with, text.strip());
    };
  }

  private static boolean line(Screen screen, Conversation with, String text) {
    if (text.equals("/quit")) {
      return false;
    }
    if (text.equals("/stop")) {
      return interrupt(with);
    }
    if (text.startsWith("/voice ")) {
      voice(screen, with, Path.of(text.substring(7).strip()));
    } else if (text.startsWith("/")) {
      screen.line(HELP);
    } else if (!text.isEmpty()) {
      with.send(ClientEvent.newBuilder().setTextInput(TextInput.newBuilder().setText(text)));
    }
    return true;
  }

  private static boolean interrupt(Conversation with) {
    with.send(ClientEvent.newBuilder().setInterrupt(Interrupt.getDefaultInstance()));
    return true;
  }

  private static void voice(Screen screen, Conversation with, Path file) {
    try {
      Recording recording = Recording.read(file);
      if (screen.attended()) {
        Thread.ofVirtual().start(() -> recording.speak(with));
      } else {
        recording.speak(with);
      }
    } catch (IOException e) {
      screen.line("! " + e.getMessage());
    }
  }
}
