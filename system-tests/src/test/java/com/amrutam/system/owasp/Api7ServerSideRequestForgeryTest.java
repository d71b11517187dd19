package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.localstack.demo.Api;
import com.amrutam.localstack.junit.RunningSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An address a client gives is shown to people; no server of ours ever calls it. */
@ExtendWith(RunningSystem.class)
class Api7ServerSideRequestForgeryTest {
    private static final int PATIENCE_MILLIS = 1_000;

    @Test
    void a_photos_address_is_kept_and_not_called() throws InterruptedException, IOException {
        var doctor = Cast.doctor(4);
        var own = (com.fasterxml.jackson.databind.node.ObjectNode)
                doctor.api().get("/api/v1/doctors/me").expect(200).body();
        try (var trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            trap.setSoTimeout(PATIENCE_MILLIS);
            var photo = "https://127.0.0.1:" + trap.getLocalPort() + "/photo.png";
            put(doctor.api(), own.deepCopy(), photo).expect(200);

            // Others see it as soon as their copies have heard of it.
            await().untilAsserted(() -> assertThat(RunningSystem.somebody()
                            .api()
                            .get("/api/v1/doctors/" + own.path("id").asText())
                            .text("photoUrl"))
                    .isEqualTo(photo));
            Assertions.assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
        } finally {
            put(doctor.api(), own.deepCopy(), "https://photos.example/doctor.png");
        }
    }

    @Test
    void other_schemes_are_not_even_kept() throws InterruptedException {
        var doctor = Cast.doctor(4);
        var own = (com.fasterxml.jackson.databind.node.ObjectNode)
                doctor.api().get("/api/v1/doctors/me").expect(200).body();
        for (var address : new String[] {
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
            "gopher://127.0.0.1:6379/_FLUSHALL",
            "javascript:alert(1)",
            "https://a b"
        }) {
            assertThat(put(doctor.api(), own.deepCopy(), address).status())
                    .as(address)
                    .isEqualTo(422);
        }
    }

    private static Api.Answer put(Api api, com.fasterxml.jackson.databind.node.ObjectNode profile, String photo)
            throws InterruptedException {
        profile.put("photoUrl", photo);
        profile.remove(java.util.List.of("id", "rating", "reviewCount", "verified", "nextFreeSlot"));
        return api.send("PUT", "/api/v1/doctors/me", profile.toString(), Map.of());
    }
}
