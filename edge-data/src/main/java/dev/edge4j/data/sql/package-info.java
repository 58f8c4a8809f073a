/**
 * What every SQL store needs and none should write again: named parameters and rows as records. Pure functions, for who
 * implements a {@link dev.edge4j.data.DataStore}.
 *
 * <p>Start here: {@link dev.edge4j.data.sql.RecordMapper}, {@link dev.edge4j.data.sql.NamedSql}.
 */
@NullMarked
package dev.edge4j.data.sql;

import org.jspecify.annotations.NullMarked;
