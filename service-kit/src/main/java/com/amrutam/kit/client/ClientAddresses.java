package com.amrutam.kit.client;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Tells a client's address from the peer of its connection and the {@code X-Forwarded-For} it came with. */
final class ClientAddresses {
    private final List<Network> trustedProxies;

    ClientAddresses(List<Network> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /**
     * The rightmost address that is not a trusted proxy's: each proxy appends whom it heard from, so what stands left of
     * the first untrusted address is hearsay.
     *
     * @param peer the other end of the connection
     * @param forwardedFor the addresses of all {@code X-Forwarded-For} headers, in order
     */
    InetAddress client(InetAddress peer, List<String> forwardedFor) {
        var client = peer;
        for (var hop : forwardedFor.reversed()) {
            if (!isTrusted(client)) {
                break;
            }
            var address = parse(hop);
            if (address.isEmpty()) {
                // A proxy that does not know its client ("unknown") or lets rubbish through: it is the last one known.
                break;
            }
            client = address.get();
        }
        return client;
    }

    boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(network -> network.contains(address));
    }

    /** An address as proxies write it: bare, with a port, IPv6 in brackets. Never looked up by name. */
    private static Optional<InetAddress> parse(String hop) {
        var text = hop.strip();
        if (text.startsWith("[") && text.contains("]")) {
            text = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
