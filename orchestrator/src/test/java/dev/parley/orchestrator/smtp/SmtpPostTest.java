package dev.parley.orchestrator.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.Post.Letter;
import dev.parley.orchestrator.smtp.SmtpPost.Security;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters over a real mail server on this machine. */
class SmtpPostTest {
  private static final Letter LETTER =
      new Letter(
          "noor@example.org", "Einladung für Noor", "Grüße\n\nhttps://x.example/#/a?b=c_d\n");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aLetterArrivesAsItWasWritten() throws Exception {
    post(Optional.empty(), Security.NONE).send(LETTER);
    assertThat(server.waitForIncomingEmail(5_000, 1)).isTrue();
    var message = server.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo("Einladung für Noor");
    assertThat(message.getFrom()[0]).hasToString("Parley <parley@example.org>");
    assertThat(message.getAllRecipients()[0]).hasToString("noor@example.org");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getContent().toString().replace("\r\n", "\n").strip())
        .isEqualTo(LETTER.text().strip());
  }

  @Test
  void theServerKnowsWhoSends() throws Exception {
    server.setUser("parley@example.org", "parley", "secret");
    server.getUserManager().setAuthRequired(true);
    post(Optional.of("secret"), Security.NONE).send(LETTER);
    assertThat(server.waitForIncomingEmail(5_000, 1)).isTrue();
    assertThatThrownBy(() -> post(Optional.of("wrong"), Security.NONE).send(LETTER))
        .isInstanceOf(Failure.class)
        .hasMessageNotContaining("wrong");
  }

  @Test
  void withoutTheProtectionThatWasAskedForNothingIsSent() {
    assertThatThrownBy(() -> post(Optional.empty(), Security.STARTTLS).send(LETTER))
        .isInstanceOf(Failure.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aLineBreakInASubjectAddsNoHead() throws Exception {
    post(Optional.empty(), Security.NONE)
        .send(new Letter("noor@example.org", "Hi\r\nBcc: all@example.org", "text"));
    assertThat(server.waitForIncomingEmail(5_000, 1)).isTrue();
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(server.getReceivedMessages()[0].getHeader("Bcc")).isNull();
  }

  @Test
  void aServerThatIsAwayIsWorthAnotherTryAndARefusedAddressIsNot() {
    SmtpPost post = post(Optional.empty(), Security.NONE);
    assertThatThrownBy(() -> post.send(new Letter("no address", "s", "t")))
        .satisfies(it -> assertThat(((Failure) it).retryAfter()).isEmpty());
    server.stop();
    assertThatThrownBy(() -> post.send(LETTER))
        .satisfies(it -> assertThat(((Failure) it).retryAfter()).isPresent());
  }

  private SmtpPost post(Optional<String> password, Security security) {
    return new SmtpPost(
        new SmtpPost.Server(
            "127.0.0.1",
            server.getSmtp().getPort(),
            security,
            password.map(_ -> "parley"),
            password,
            "Parley <parley@example.org>"));
  }
}
