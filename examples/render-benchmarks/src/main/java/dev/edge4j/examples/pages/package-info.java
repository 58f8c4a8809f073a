/** Pages of Edge4J beside those of other template engines: start at {@link dev.edge4j.examples.pages.PageBenchmarks}, then {@link dev.edge4j.examples.pages.Subject} (what takes turns). */
package dev.edge4j.examples.pages;
