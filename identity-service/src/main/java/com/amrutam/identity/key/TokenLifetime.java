package com.amrutam.identity.key;

import java.time.Duration;

/** How long what is signed with a key may be believed; told by whoever has things signed. */
public interface TokenLifetime {
    /** The longest time between a signature and the end of what it vouches for. */
    Duration longest();
}
