package dev.edge4j.cache;

import dev.edge4j.Deadline;

/** What one caller asks for besides the key. */
record Call(EntryOptions options, Deadline deadline) {}
