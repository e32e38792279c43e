package dev.parley.speechsvc.synthesis;

/** The fifteen mouth shapes of the Oculus lip-sync table. */
public enum VisemeShape {
  SIL("sil"),
  PP("PP"),
  FF("FF"),
  TH("TH"),
  DD("DD"),
  KK("kk"),
  CH("CH"),
  SS("SS"),
  NN("nn"),
  RR("RR"),
  AA("aa"),
  E("E"),
  IH("ih"),
  OH("oh"),
  OU("ou");

  private final String label;

  VisemeShape(String label) {
    this.label = label;
  }

  /** The name as the table writes it. */
  public String label() {
    return label;
  }
}
