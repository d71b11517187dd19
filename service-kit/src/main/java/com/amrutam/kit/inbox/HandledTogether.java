package com.amrutam.kit.inbox;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A bean with {@link OnEvent} methods whose events are handled together: those that were waiting, at most 100, in one
 * transaction. What a transaction costs is then shared, by the more of them the more are waiting, so that a consumer that
 * fell behind catches up. When one of them cannot be handled, each is handled in a transaction of its own after all.
 *
 * <p>Rows of many events are locked until all are handled. A bean may be of this kind where nobody who serves a request
 * locks two of these rows in another order.
 */
public interface HandledTogether {
    /**
     * Called in the transaction, before the first of the events is handled: for taking locks in an order of one's own, and
     * for doing in few statements what would take some for each event.
     *
     * @param events none of which was handled before, in the order they came
     * @return those that are left for the {@link OnEvent} methods, each for its own; all of them unless overridden
     */
    default List<SpecificRecord> handleAtOnce(List<SpecificRecord> events) {
        return events;
    }
}
