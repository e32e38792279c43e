package dev.parley.orchestrator.smtp;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.Post;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/**
 * Sends letters by SMTP (RFC 5321), a connection each, every step within ten seconds. Says that
 * they were made by a machine (RFC 3834), so that nobody's absence note answers them.
 */
public final class SmtpPost implements Post {
  private static final String WAIT = "10000";
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** How the connection is protected. */
  public enum Security {
    /** TLS from the first byte. */
    TLS,
    /** TLS asked for before anything is told; without it nothing is sent. */
    STARTTLS,
    /** None: for a server on this machine. */
    NONE
  }

  /**
   * Where letters are handed over.
   *
   * @param user absent where the server asks for none
   * @param from the address of the sender, with or without a name
   */
  public record Server(
      String host,
      int port,
      Security security,
      Optional<String> user,
      Optional<String> password,
      String from) {}

  private final Server server;
  private final Session session;

  /** Hands over there. */
  public SmtpPost(Server server) {
    this.server = server;
    this.session = Session.getInstance(properties(server), authenticator(server));
  }

  @Override
  public boolean delivers() {
    return true;
  }

  @Override
  public void send(Letter letter) {
    try {
      Transport.send(message(letter));
    } catch (SendFailedException | AddressException refused) {
      throw Failure.of(
              Failure.Code.FAILED_PRECONDITION, "UNAVAILABLE", "the mail server took no letter")
          .causedBy(refused);
    } catch (MessagingException e) {
      throw Failure.unavailable("the mail server is not there", PAUSE).causedBy(e);
    }
  }

  private MimeMessage message(Letter letter) throws MessagingException {
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress(server.from()));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to(), true));
    message.setSubject(letter.subject(), "UTF-8");
    message.setText(letter.text(), "UTF-8");
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setSentDate(new Date());
    return message;
  }

  private static Properties properties(Server server) {
    var them = new Properties();
    them.setProperty("mail.smtp.host", server.host());
    them.setProperty("mail.smtp.port", "" + server.port());
    them.setProperty("mail.smtp.auth", "" + server.user().isPresent());
    them.setProperty("mail.smtp.ssl.enable", "" + (server.security() == Security.TLS));
    boolean starts = server.security() == Security.STARTTLS;
    them.setProperty("mail.smtp.starttls.enable", "" + starts);
    them.setProperty("mail.smtp.starttls.required", "" + starts);
    them.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    them.setProperty("mail.smtp.connectiontimeout", WAIT);
    them.setProperty("mail.smtp.timeout", WAIT);
    them.setProperty("mail.smtp.writetimeout", WAIT);
    return them;
  }

  private static Authenticator authenticator(Server server) {
    var known = new PasswordAuthentication(server.user().orElse(""), server.password().orElse(""));
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return known;
      }
    };
  }
}
