package dev.parley.memorysvc.recollection;

import static dev.parley.memorysvc.recollection.FactKind.NAME;
import static dev.parley.memorysvc.recollection.FactKind.PERSON;
import static dev.parley.memorysvc.recollection.FactRule.of;
import static dev.parley.memorysvc.recollection.Wordings.AM;
import static dev.parley.memorysvc.recollection.Wordings.COUNT;
import static dev.parley.memorysvc.recollection.Wordings.HAVE;
import static dev.parley.memorysvc.recollection.Wordings.NAMES;
import static dev.parley.memorysvc.recollection.Wordings.RELATION;
import static dev.parley.memorysvc.recollection.Wordings.RELATIVES;
import static dev.parley.memorysvc.recollection.Wordings.REST;

import java.util.List;

/** Names and the people somebody tells of. */
final class PeopleRules {
  static final List<FactRule> ALL =
      List.of(
          // Names.
          of(
              NAME,
              "name",
              0.9,
              "my (?:full |first |real )?name(?: is|'s) " + NAMES,
              "not|a|an|the|on|in|what|hard|difficult|unusual|short|long|very|too|easy|common|rare"
                  + "|spelled|spelt|pronounced|wrong|written|also|for|at|nothing|none|no"),
          of(
              NAME,
              "name",
              0.9,
              "(?:(?:you can|please|just|everyone|everybody|people|my friends|friends|they)"
                  + "(?: all)? )?calls? me ([\\p{L}][\\p{L}'-]+)",
              "later|back|tomorrow|when|if|a|the|crazy|old|tonight|maybe|on|at|in|after|soon|again"
                  + "|stupid|whatever|anything|names|now|today|an|lazy|by|what|it|that|lucky"),
          of(NAME, "name", 0.9, AM + " (?:called|named) " + NAMES, "after|the|a"),
          // People.
          of(
              PERSON,
              "person:$1:name",
              0.7,
              "my " + RELATION + "(?:'s name(?: is|'s)| is called| is named|'s called) " + NAMES,
              "not|after|a|the"),
          of(
              PERSON,
              "have:$1:$2",
              0.7,
              HAVE
                  + " "
                  + COUNT
                  + " (?:\\w+ )?"
                  + RELATIVES
                  + "(?: (?:who is|who's|that is))? "
                  + "(?:called|named) "
                  + NAMES,
              "after"),
          of(PERSON, "count:$1", 0.7, HAVE + " " + COUNT + " " + RELATIVES + "(?: and .+)?", ""),
          of(
              PERSON,
              "person:$1 $2:$3",
              0.7,
              "my "
                  + RELATION
                  + "( (?!who|and|or|is|has|in|at|on|with|from|always|never|just|used)[\\p{L}]{2,})?"
                  + " ((?:lives?|works?|studies|stud(?:y)|keeps?|plays?|teaches|speaks?|loves?|hates?|likes?|collects?"
                  + "|runs?|owns?|breeds?|comes from|grew up|was born|is from|died|passed away|"
                  + "is (?:married|allergic|an?|vegan|vegetarian|retired|pregnant|\\d{1,3}))"
                  + "(?: .+)?)",
              "is an? (?:bit|little|lot|pain|mess|problem|long story)|runs? (?:late|out|away)|is \\d+ (?:minutes?"
                  + "|hours?|miles?|kilomet)|works? (?:fine|well)|plays? (?:along|up|dead)|keeps? (?:asking|telling|saying)"
                  + "|(?:loves?|likes?|hates?) (?:it|this|that|you|me)"),
          of(
              PERSON,
              "person:$1 $2:has",
              0.6,
              "my "
                  + RELATION
                  + "( [\\p{L}]{2,})? has (?:"
                  + COUNT
                  + "|green|blue|brown|red|dark|blond) "
                  + REST,
              "cold|headache|problem|question|point|meeting|fever|day|bad|moment|minute|lot|bit"),
          of(
              PERSON,
              "",
              0.6,
              AM
                  + " (?:the|a) (?:proud )?(?:mother|father|mom|mum|dad|parent|grandmother|grandfather) of "
                  + REST,
              "all"));

  private PeopleRules() {}
}
