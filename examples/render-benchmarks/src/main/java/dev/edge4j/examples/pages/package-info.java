/** Pages of Edge4J beside those of other template engines: start at {@link dev.edge4j.examples.pages.Engine}. */
package dev.edge4j.examples.pages;
