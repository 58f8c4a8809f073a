package dev.edge4j.render.market;

import java.util.List;

/**
 * A market and why.
 *
 * @param market the market
 * @param asked the fields of the request that were looked at on the way
 * @param byAddress whether it would be another one from elsewhere
 */
record Choice(Market market, List<String> asked, boolean byAddress) {}
