package com.amrutam.kit.client;

import java.net.InetAddress;

/** A range of IP addresses, such as {@code 10.0.0.0/8} or {@code ::1/128}; a single address is a range of one. */
record Network(InetAddress base, int prefixBits) {
    Network {
        if (prefixBits < 0 || prefixBits > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("/" + prefixBits + " is no prefix of " + base.getHostAddress());
        }
    }

    /** Reads CIDR notation; Spring converts configuration through this method. */
    public static Network valueOf(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            var address = InetAddress.ofLiteral(cidr);
            return new Network(address, address.getAddress().length * Byte.SIZE);
        }
        return new Network(
                InetAddress.ofLiteral(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        var wanted = base.getAddress();
        var given = address.getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        int wholeBytes = prefixBits / Byte.SIZE;
        for (int i = 0; i < wholeBytes; i++) {
            if (wanted[i] != given[i]) {
                return false;
            }
        }
        int restBits = prefixBits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - restBits) & 0xff;
        return restBits == 0 || (wanted[wholeBytes] & mask) == (given[wholeBytes] & mask);
    }
}
