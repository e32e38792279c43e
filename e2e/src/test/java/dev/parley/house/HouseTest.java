package dev.parley.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the rules of the house: who may import what. */
class HouseTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.parley");

  /** Domain packages: the JDK, each other within the service, Failure and Owner. */
  private static final List<String> DOMAIN =
      List.of(
          "dev.parley.orchestrator.conversation",
          "dev.parley.orchestrator.character",
          "dev.parley.orchestrator.privacy",
          "dev.parley.orchestrator.identity",
          "dev.parley.orchestrator.identity.key",
          "dev.parley.orchestrator.identity.audit",
          "dev.parley.orchestrator.identity.usage",
          "dev.parley.speechsvc.recognition",
          "dev.parley.speechsvc.synthesis",
          "dev.parley.speechsvc.dsp",
          "dev.parley.rendersvc.face",
          "dev.parley.rendersvc.avatar",
          "dev.parley.rendersvc.raster",
          "dev.parley.rendersvc.video",
          "dev.parley.memorysvc.embedding",
          "dev.parley.documentsvc.library",
          "dev.parley.memorysvc.recollection",
          "dev.parley.memorysvc.vectors");

  /** Library package to the folders that may import it. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("redis.clients.", List.of(".redis")),
          Map.entry("io.github.bucket4j.", List.of(".redis")),
          Map.entry("com.google.i18n.phonenumbers.", List.of("dev.parley.kit.masking")),
          Map.entry("com.nimbusds.", List.of(".jose", ".openid")),
          Map.entry("org.bouncycastle.", List.of(".argon2", "dev.parley.mesh.tls")),
          Map.entry("jakarta.mail.", List.of(".smtp")),
          Map.entry("io.github.resilience4j.", List.of(".resilience4j")),
          Map.entry("org.jdbi.", List.of(".postgres")),
          Map.entry("org.flywaydb.", List.of(".postgres")),
          Map.entry("com.zaxxer.", List.of(".postgres")),
          Map.entry("io.minio.", List.of(".s3")),
          Map.entry("org.apache.lucene.", List.of(".lucene")),
          Map.entry("io.qdrant.", List.of(".qdrant")),
          Map.entry("org.tribuo.", List.of(".tribuo")),
          Map.entry("ai.onnxruntime.", List.of(".onnx")),
          Map.entry("com.github.kagkarlsson.", List.of("dev.parley.kit.jobs")),
          Map.entry("org.apache.pdfbox.", List.of(".pdf")),
          Map.entry("org.apache.poi.", List.of(".office")),
          Map.entry("org.jsoup.", List.of(".html")),
          Map.entry("org.commonmark.", List.of(".markdown")),
          Map.entry("org.mozilla.universalchardet.", List.of(".text")),
          Map.entry("opennlp.", List.of(".opennlp")),
          Map.entry("org.bytedeco.", List.of(".ffmpeg")),
          Map.entry("de.javagl.", List.of(".gltf")),
          Map.entry("com.linecorp.armeria.", List.of("dev.parley.edge")),
          Map.entry("com.openai.", List.of(".openai")),
          Map.entry("io.envoyproxy.", List.of(".envoy")),
          Map.entry("org.gaul.", List.of(".embedded")),
          Map.entry("io.zonky.", List.of(".embedded")),
          Map.entry("picocli.", List.of("dev.parley.cli")),
          Map.entry("org.jline.", List.of("dev.parley.cli")));

  private static final List<String> SERVICES =
      List.of("orchestrator", "speechsvc", "rendersvc", "memorysvc", "documentsvc");

  @TestFactory
  List<DynamicTest> domainPackagesKnowNoTechnology() {
    return DOMAIN.stream()
        .map(domain ->
            DynamicTest.dynamicTest(
                domain,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(domain)
                        .should()
                        .dependOnClassesThat(
                            describe("technology", c -> !allowedInDomain(domain, c)))
                        .allowEmptyShould(true)
                        .check(CLASSES)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> aLibraryIsImportedOnlyInTheFolderThatBearsItsName() {
    return LIBRARIES.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () ->
                    noClasses()
                        .that(
                            describe(
                                "outside " + entry.getValue(),
                                c ->
                                    entry.getValue().stream()
                                        .noneMatch(c.getPackageName()::contains)))
                        .should()
                        .dependOnClassesThat(
                            describe(entry.getKey(), c -> c.getName().startsWith(entry.getKey())))
                        .check(CLASSES)))
        .toList();
  }

  @Test
  void servicesNeverDependOnServices() {
    for (String service : SERVICES) {
      noClasses()
          .that()
          .resideInAPackage("dev.parley." + service + "..")
          .should()
          .dependOnClassesThat(
              describe(
                  "another service",
                  c ->
                      SERVICES.stream()
                          .filter(other -> !other.equals(service))
                          .anyMatch(o -> c.getPackageName().startsWith("dev.parley." + o))))
          .check(CLASSES);
    }
  }

  private static boolean allowedInDomain(String domain, JavaClass used) {
    String name = used.getName();
    String service = domain.substring(0, domain.lastIndexOf('.'));
    return name.startsWith("java.")
        || name.startsWith("javax.crypto.")
        || !name.contains(".")
        || name.startsWith("[")
        || name.startsWith("dev.parley.kit.failure.Failure")
        || name.startsWith("dev.parley.kit.identity.Owner")
        || name.equals("dev.parley.kit.audit.Keepable")
        || DOMAIN.stream()
            .filter(d -> d.startsWith(service))
            .anyMatch(d -> used.getPackageName().startsWith(d));
  }
}
