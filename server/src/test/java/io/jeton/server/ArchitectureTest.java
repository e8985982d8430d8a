package io.jeton.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages, as the module's README draws them. */
@AnalyzeClasses(
    packages = "io.jeton",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestKits.class})
class ArchitectureTest {
  /** Leaves out what other modules lend to tests. */
  static final class NoTestKits implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String DOMAIN = "io.jeton.server.domain..";

  @ArchTest
  static final ArchRule domain_needsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.jspecify..").or(resideInAPackage(DOMAIN)));

  @ArchTest
  static final ArchRule feed_needsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("io.jeton.server.feed..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "io.jeton.server.feed..", DOMAIN);

  @ArchTest
  static final ArchRule jdbi_staysInTheMysqlStore =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.jeton.server.storage.mysql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "com.zaxxer..", "com.mysql..", "org.flywaydb..");

  @ArchTest
  static final ArchRule sql_staysInStorage =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.jeton.server.storage..", "io.jeton.server", "io.jeton.load.database..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule armeria_staysAtTheEdges =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.jeton.server",
              "io.jeton.server.grpc..",
              "io.jeton.server.ops..",
              "io.jeton.bridge..",
              "io.jeton.load..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.linecorp.armeria..");

  @ArchTest
  static final ArchRule api_seesNeitherCaffeineNorTheDatabaseNorTheWire =
      noClasses()
          .that()
          .resideInAPackage("io.jeton.server.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.github.benmanes.caffeine..",
              "io.jeton.server.storage..",
              "io.jeton.server.grpc..",
              "io.grpc..");

  @ArchTest
  static final ArchRule commandLine_isAClientLikeAnyOther =
      noClasses()
          .that()
          .resideInAPackage("io.jeton.server.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.jeton.server.api..",
              "io.jeton.server.cache..",
              "io.jeton.server.grpc..",
              "io.jeton.server.storage..",
              "io.jeton.v1..");

  @ArchTest
  static final ArchRule theRestOfTheServer_isNoClient =
      noClasses()
          .that()
          .resideInAPackage("io.jeton.server..")
          .and()
          .resideOutsideOfPackage("io.jeton.server.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jeton.client");

  /** A file format has no connection in it; beside the command line only the start reads files. */
  @ArchTest
  static final ArchRule importFiles_areReadByTheCommandLineAndTheStart =
      noClasses()
          .that()
          .resideInAPackage("io.jeton.server..")
          .and()
          .resideOutsideOfPackages("io.jeton.server", "io.jeton.server.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jeton.client.records..");

  @ArchTest
  static final ArchRule nobody_dependsOnTheServer =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.jeton.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jeton.server..");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("io.jeton.server.(**)").should().beFreeOfCycles();

  @ArchTest
  static void everyPackage_saysWhatItIs(JavaClasses classes) {
    assertThat(classes.getDefaultPackage().getSubpackagesInTree())
        .filteredOn(each -> !each.getClasses().isEmpty())
        .filteredOn(each -> !each.getName().startsWith("io.jeton.v1"))
        .filteredOn(each -> each.getName().startsWith("io.jeton"))
        .extracting(JavaPackage::getName, each -> each.tryGetPackageInfo().isPresent())
        .isNotEmpty()
        .allMatch(each -> each.toList().get(1).equals(true));
  }
}
