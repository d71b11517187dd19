package com.amrutam.kit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {
    private final ClientAddresses addresses = new ClientAddresses(
            List.of(Network.valueOf("10.0.0.0/8"), Network.valueOf("192.168.7.7"), Network.valueOf("fd00::/9")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.1  |                                        | 203.0.113.1",
                "203.0.113.1  | 198.51.100.1                           | 203.0.113.1",
                "10.1.2.3     |                                        | 10.1.2.3",
                "10.1.2.3     | 198.51.100.1                           | 198.51.100.1",
                "10.1.2.3     | 192.0.2.66,198.51.100.1                | 198.51.100.1",
                "10.1.2.3     | 192.0.2.66,198.51.100.1,10.9.9.9       | 198.51.100.1",
                "10.1.2.3     | 192.0.2.66,198.51.100.1,192.168.7.7    | 198.51.100.1",
                "10.1.2.3     | 192.0.2.66,192.168.7.8,10.9.9.9        | 192.168.7.8",
                "10.1.2.3     | 10.4.4.4,10.5.5.5                      | 10.4.4.4",
                "10.1.2.3     | 192.0.2.66,unknown                     | 10.1.2.3",
                "10.1.2.3     | 192.0.2.66,localhost,10.5.5.5          | 10.5.5.5",
                "10.1.2.3     | 198.51.100.1:4711                      | 198.51.100.1",
                "10.1.2.3     | [2001:db8::1]:4711                     | 2001:db8:0:0:0:0:0:1",
                "10.1.2.3     | 2001:db8::1                            | 2001:db8:0:0:0:0:0:1",
                "fd00::1      | 198.51.100.1                           | 198.51.100.1",
                "fd80::1      | 198.51.100.1                           | fd80:0:0:0:0:0:0:1",
                "10.1.2.3     | ::ffff:198.51.100.1                    | 198.51.100.1",
                "11.0.0.1     | 198.51.100.1                           | 11.0.0.1",
            })
    void the_client_is_the_rightmost_address_that_is_no_trusted_proxy(String peer, String forwarded, String client) {
        var hops = forwarded == null ? List.<String>of() : Arrays.asList(forwarded.split(","));

        assertThat(addresses.client(InetAddress.ofLiteral(peer), hops).getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "::/129", "example.com/8", "10.0.0.0/x", ""})
    void a_network_that_is_none_is_refused_at_start(String text) {
        assertThatThrownBy(() -> Network.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
