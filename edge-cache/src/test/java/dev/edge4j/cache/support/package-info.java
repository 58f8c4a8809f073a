/** What the tests of this module share: time that they move, stores that they cut, waiting. */
package dev.edge4j.cache.support;
