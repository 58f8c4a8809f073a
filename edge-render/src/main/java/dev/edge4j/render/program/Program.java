package dev.edge4j.render.program;

import java.util.List;
import java.util.Map;

/**
 * A template ready to run. Immutable.
 *
 * @param version a hash of all that its page is made of but the model
 * @param blocks the code of its blocks by name
 * @param first the ordinal of its first section
 * @param sections all sections that were compiled with it, in order: of the same version it has the same, whatever other templates there are
 */
record Program(Code code, String version, Map<String, Code> blocks, int first, List<Section> sections) {}
