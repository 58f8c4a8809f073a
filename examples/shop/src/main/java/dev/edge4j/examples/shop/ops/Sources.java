package dev.edge4j.examples.shop.ops;

import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.state.NamespaceStats;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the dashboard shows, and acts on.
 *
 * @param title the name of the region for people
 * @param objects the durable objects by class
 * @param spots the regions there are; none for a shop that is nowhere in particular
 * @param self where this shop is served on this machine, for the virtual shoppers; empty if that is not known, or is TLS
 */
public record Sources(String title, Monitor monitor, Chaos chaos, Experiment experiment, Crowd crowd,
    Supplier<List<NamespaceStats>> objects, Supplier<List<Spot>> spots, Supplier<Optional<URI>> self) {}
