package com.amrutam.system.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.junit.RunningSystem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is for administrators and for doctors is closed to everybody else, by whatever spelling. */
@ExtendWith(RunningSystem.class)
class Api5BrokenFunctionLevelAuthorizationTest {
    private static final String SOMEBODY = "01938c2e-0d2f-7b6a-8c41-5e0f9a7d3b21";

    private static final List<String> FOR_ADMINISTRATORS = List.of(
            "GET /api/v1/admin/audit",
            "GET /api/v1/admin/signing-keys",
            "POST /api/v1/admin/signing-keys/rotate",
            "PUT /api/v1/admin/users/" + SOMEBODY + "/roles",
            "POST /api/v1/admin/doctors/" + SOMEBODY + "/verify",
            "POST /api/v1/admin/doctors/availability/rebuild");

    private static final List<String> FOR_DOCTORS = List.of(
            "GET /api/v1/doctors/me",
            "PUT /api/v1/doctors/me",
            "GET /api/v1/doctors/me/schedule",
            "PUT /api/v1/doctors/me/schedule");

    @Test
    void a_patient_is_neither_administrator_nor_doctor() throws InterruptedException {
        var patient = Cast.patient();
        for (var list : List.of(FOR_ADMINISTRATORS, FOR_DOCTORS)) {
            for (var call : list) {
                assertThat(status(patient.api(), call)).as(call).isEqualTo(403);
                assertThat(status(RunningSystem.somebody().api(), call))
                        .as(call)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void a_doctor_is_no_administrator() throws InterruptedException {
        var doctor = Cast.doctor(3);
        for (var call : FOR_ADMINISTRATORS) {
            assertThat(status(doctor.api(), call)).as(call).isEqualTo(403);
        }
    }

    @Test
    void another_spelling_of_a_path_is_another_path_or_none() throws InterruptedException {
        var patient = Cast.patient();
        for (var path : List.of(
                "/api/v1/Admin/audit",
                "/api/v1/ADMIN/audit",
                "/api/v1/admin/audit/",
                "/api/v1/users/%2e%2e/admin/audit",
                "/api/v1/users/..;/admin/audit",
                "/api/v1//admin/audit",
                "/api/v1/admin%2faudit",
                "/api/v1/admin/audit;x=y",
                "/api/v1/admin/audit.json")) {
            assertThat(patient.api().get(path).status()).as(path).isIn(400, 403, 404);
        }
        assertThat(patient.api()
                        .send(
                                "GET",
                                "/api/v1/admin/audit",
                                null,
                                Map.of("X-HTTP-Method-Override", "PUT", "X-Original-URL", "/api/v1/users/me"))
                        .status())
                .isEqualTo(403);
    }

    private static int status(com.amrutam.localstack.demo.Api api, String call) throws InterruptedException {
        var parts = call.split(" ");
        var body = parts[0].equals("GET") ? null : "{}";
        return api.send(parts[0], parts[1], body, Map.of()).status();
    }
}
