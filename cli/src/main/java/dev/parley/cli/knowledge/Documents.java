package dev.parley.cli.knowledge;

import picocli.CommandLine.Command;

/** Documents a character can quote. */
@Command(
    name = "documents",
    description = "Documents a character can quote.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DocumentsAdd.class,
      DocumentsList.class,
      DocumentsShow.class,
      DocumentsSearch.class,
      DocumentsDelete.class,
      DocumentsEvaluate.class
    })
public final class Documents {}
