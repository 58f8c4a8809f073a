package dev.edge4j.support;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of edge-core without those of its tests, read once: that takes longer than the rules that are held against them. */
public final class OurClasses {
  public static final JavaClasses ALL = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.edge4j");

  private OurClasses() {}
}
