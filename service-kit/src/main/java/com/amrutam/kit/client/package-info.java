/** Who the client of a request is when proxies lie between: told from {@code X-Forwarded-For}, by trusted proxies only. */
@NullMarked
package com.amrutam.kit.client;

import org.jspecify.annotations.NullMarked;
