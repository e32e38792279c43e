package dev.parley.memorysvc.recollection;

import static dev.parley.memorysvc.recollection.FactKind.OTHER;
import static dev.parley.memorysvc.recollection.FactRule.of;
import static dev.parley.memorysvc.recollection.Wordings.ADV;
import static dev.parley.memorysvc.recollection.Wordings.DAY;
import static dev.parley.memorysvc.recollection.Wordings.HAVE;
import static dev.parley.memorysvc.recollection.Wordings.REST;

import java.util.List;

/** What somebody has and does. */
final class HabitRules {
  static final List<FactRule> ALL =
      List.of(
          of(
              OTHER,
              "play:$1",
              0.5,
              "i " + ADV + "play (?:the )?" + REST,
              "a (?:role|part|character|trick)|games with|along|it|dead|with|you|safe|around"),
          of(
              OTHER,
              "have:$1",
              0.5,
              "(?:"
                  + HAVE
                  + "|i (?:own|"
                  + ADV
                  + "drive|"
                  + ADV
                  + "ride)) (?:an?|my own|two|three|\\d+) ((?:\\w+ )?(?:"
                  + "car|bike|bicycle|motorbike|motorcycle|guitar|piano|violin|garden|house|boat|shop|company"
                  + "|farm|restaurant|caf[e\u00e9]|bakery|cottage|van|truck|tractor|telescope|phd|degree|blog"
                  + "|podcast|beehives?|greenhouse|tattoo|business)\\b.*)",
              ""),
          of(
              OTHER,
              "",
              0.5,
              "i "
                  + ADV
                  + "(?:collect|keep|grow|volunteer|teach|coach|breed|restore|repair|brew) "
                  + REST,
              "it|that|quiet|calm|going|up|on|my (?:word|promise|mouth)|asking|telling|forgetting|thinking"
                  + "|saying|losing|getting|doing|making|seeing|coming|in touch|tired|you|myself|wondering|you"),
          of(
              OTHER,
              "",
              0.4,
              "i "
                  + ADV
                  + "((?:run|swim|cycle|jog|meditate|practi[sc]e|cook|read|paint|write|train|walk|go"
                  + "|wake up|get up|dance|sing|hike|climb|surf|ski|fish|bake|knit|work out|drink|eat|do)\\b.*"
                  + "(?:every (?:single )?(?:day|morning|evening|night|week|weekend|month|year|summer|winter|"
                  + DAY
                  + "|\\w+ \\w+)|on (?:"
                  + DAY
                  + "|weekends)|at (?:night|weekends)|in the (?:mornings?|evenings?)"
                  + "|(?:once|twice|three times) a (?:day|week|month|year)).*)",
              "go (?:away|back|on)"));

  private HabitRules() {}
}
