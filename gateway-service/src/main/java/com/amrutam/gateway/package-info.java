/**
 * The gateway: who the client is and whether there is room for one more request (service-kit's {@code client} and
 * {@code admission}), how much the client may ask ({@code limit}), which service answers ({@code route}) and how the answer
 * is fetched ({@code upstream}), in the order a request meets them.
 */
@NullMarked
package com.amrutam.gateway;

import org.jspecify.annotations.NullMarked;
