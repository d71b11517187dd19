package com.amrutam.gateway.client;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose word on a client's address is taken.
 *
 * @param trustedProxies networks in CIDR notation, such as {@code 10.0.0.0/8}, of the proxies in front of the gateway.
 *     Only from them is {@code X-Forwarded-For} read. None by default: then the peer of the connection is the client
 */
@ConfigurationProperties("amrutam.gateway")
record ClientAddressProperties(@DefaultValue List<Network> trustedProxies) {}
