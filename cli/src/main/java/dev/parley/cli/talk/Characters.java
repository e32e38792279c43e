package dev.parley.cli.talk;

import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.ListCharactersRequest;
import dev.parley.cli.server.Server;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists who is there. */
@Command(name = "characters", description = "Who is there.", mixinStandardHelpOptions = true)
public final class Characters implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return server.use(channel -> {
      CharacterServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .listCharacters(ListCharactersRequest.newBuilder().setPageSize(200).build())
          .getCharactersList()
          .forEach(c ->
              spec.commandLine()
                  .getOut()
                  .printf("%-16s %-16s %s%n", c.getId(), c.getDisplayName(), c.getDescription()));
      spec.commandLine().getOut().flush();
      return 0;
    });
  }
}
