package com.amrutam.notification;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.localstack.junit.LocalStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;

@ExtendWith(LocalStack.class)
class OutsideTheLocalProfileTest {
    @Test
    void without_a_way_to_deliver_codes_the_service_does_not_start_and_says_why() {
        assertThatThrownBy(() -> SpringApplication.run(NotificationApplication.class, "--server.port=0"))
                .rootCause()
                .hasMessageContaining("No channel delivers SMS");
    }
}
