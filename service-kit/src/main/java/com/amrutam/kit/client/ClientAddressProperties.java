package com.amrutam.kit.client;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose word on a client's address is taken.
 *
 * @param trustedProxies networks in CIDR notation, such as {@code 10.0.0.0/8}, of the proxies in front: for the gateway the
 *     load balancer, for a service the gateways. Only from them is {@code X-Forwarded-For} read. None by default: then the
 *     peer of the connection is the client
 */
@ConfigurationProperties("amrutam.client")
record ClientAddressProperties(@DefaultValue List<Network> trustedProxies) {}
