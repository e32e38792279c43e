package dev.parley.memorysvc.recollection;

/** Parts of the forms in which facts are told, as regular expressions in lower case. */
final class Wordings {
  static final String AM = "(?:i'm|i am)";
  static final String WE = "(?:i'm|i am|we're|we are)";
  static final String HAVE = "(?:i have|i've got|i have got|we have|we've got)";
  static final String ADV =
      "(?:(?:really|absolutely|just|also|do|always|still|actually|truly|totally|quite|currently|mostly"
          + "|usually|often|now|recently|finally|both|originally|only) )*";
  static final String NAMES = "([\\p{L}][\\p{L}'-]+(?: [\\p{L}][\\p{L}'-]+){0,2})";
  static final String REST = "(.{2,})";
  static final String RELATION =
      "((?:(?:older|younger|little|big|elder|best|twin|eldest|youngest|oldest|late|old|half|new) )*"
          + "(?:step)?(?:sister|brother|wife|husband|mother|mom|mum|father|dad|son|daughter|partner"
          + "|girlfriend|boyfriend|fianc[e\u00e9]e?|grandmother|grandma|grandfather|grandpa|granny|aunt"
          + "|uncle|cousin|niece|nephew|friend|boss|colleague|neighbou?r|roommate|flatmate|teacher|dog"
          + "|cat|horse|parrot|rabbit|hamster|kid|child|baby))";
  static final String RELATIVES =
      "((?:(?:older|younger|little|big|elder|best|twin|half) )*(?:step)?(?:sisters?|brothers?|sons?"
          + "|daughters?|kids?|children|cousins?|nieces?|nephews?|grandchildren|siblings|twins|dogs?"
          + "|cats?|horses?|parrots?|rabbits?|hamsters?|wife|husband|girlfriend|boyfriend|partner))";
  static final String COUNT = "(?:a|an|one|two|three|four|five|six|seven|several|no|\\d+)";
  static final String DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?";
  static final String MONTH =
      "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
  static final String WHEN =
      "(?:tomorrow|tonight|next \\w+|this (?:weekend|summer|winter|spring|autumn|fall|evening|afternoon"
          + "|week|month|year|"
          + DAY
          + ")|on (?:"
          + DAY
          + "|the \\w+|"
          + MONTH
          + ")|in (?:"
          + MONTH
          + "|\\d+ \\w+|an? (?:week|month|year|hour|few \\w+)|(?:two|three|four|five|six) \\w+"
          + "|the (?:summer|winter|spring|autumn|fall))|over christmas|at christmas|soon)";
  static final String DO =
      "(?:move|travel|visit|fly|learn|study|marry|buy|sell|start|run|write|retire|quit|apply|train|see"
          + "|open|build|paint|cycle|hike|climb|adopt|propose|graduate|publish|record|become|get married"
          + "|take up|sign up)";
  static final String DOING =
      "(?:moving|flying|travelling|traveling|getting married|retiring|starting|visiting|learning"
          + "|training|saving|studying|writing a|building a|expecting|adopting)";
  static final String NO_THING =
      "it|that|this|these|those|you|your|yours|him|her|them|us|how|what|when|where|why|who|which|here"
          + "|there|to (?:think|say|know|be|see you|hear|talk|ask|believe)|talking|the (?:way|idea|fact|sound of"
          + "|look|thought)|being|myself|everything|everyone|nothing|one|both|all of|his|their|its|an? lot";

  private Wordings() {}
}
