package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code /openapi.yaml} says is served is served, and {@code /docs} shows it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenApiTest {
  private static final Pattern PATH = Pattern.compile("  (/\\S+):");
  private static final Pattern METHOD = Pattern.compile("    (get|post|patch|delete):");
  private static final String NO_ROUTE = "nothing is served here";
  private static final String NO_JSON = "{";

  private final Running parley = Running.shared();

  private record Operation(String method, String path) {
    /** The path of something that is not there, so that asking changes nothing. */
    String ofNothing() {
      return path.replace("{page}", "1").replaceAll("\\{\\w+}", "nothing-has-this-id");
    }
  }

  @Test
  void everyOperationOfTheDocumentHasARoute() throws Exception {
    List<Operation> operations = operations();
    assertThat(operations).hasSizeGreaterThan(90);
    for (Operation operation : operations) {
      HttpResponse<String> answer = ask(operation);
      assertThat(answer.body()).as(operation + ": " + answer.statusCode()).doesNotContain(NO_ROUTE);
      assertThat(answer.statusCode()).as(operation + ": " + answer.body()).isLessThan(500);
    }
    assertThat(parley.get("/v1/nothing-of-this-name").body()).contains(NO_ROUTE);
  }

  /** With a body that is refused before it does anything. */
  private HttpResponse<String> ask(Operation operation) throws Exception {
    boolean reads = operation.method.equals("GET") || operation.method.equals("DELETE");
    var request =
        parley
            .to(operation.ofNothing())
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .method(
                operation.method,
                reads ? BodyPublishers.noBody() : BodyPublishers.ofString(NO_JSON));
    return parley.send(request);
  }

  private List<Operation> operations() throws IOException, InterruptedException {
    HttpResponse<String> document = parley.get("/openapi.yaml");
    assertThat(document.headers().map()).containsEntry("content-type", List.of("application/yaml"));
    List<Operation> operations = new ArrayList<>();
    String path = "";
    for (String line : document.body().lines().toList()) {
      Matcher named = PATH.matcher(line);
      Matcher method = METHOD.matcher(line);
      if (named.matches()) {
        path = named.group(1);
      } else if (method.matches()) {
        operations.add(new Operation(method.group(1).toUpperCase(Locale.ROOT), path));
      }
    }
    return operations;
  }

  @Test
  void thePageOfTheCallsNeedsNoOtherServer() throws Exception {
    HttpResponse<String> page = parley.get("/docs");
    assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'self'");
    assertThat(page.body()).contains("/openapi.yaml").doesNotContain("http://", "https://");
  }
}
