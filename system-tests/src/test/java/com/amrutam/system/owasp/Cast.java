package com.amrutam.system.owasp;

import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import com.amrutam.localstack.server.Services;
import com.amrutam.system.Visit;
import java.net.http.HttpClient;

/** Who plays in these tests; the demo's doctors and administrator are the real ones' stand-ins. */
final class Cast {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Cast() {}

    static Person patient() throws InterruptedException {
        return Visit.patient();
    }

    /** One of the demo's doctors, 1 and up. */
    static Person doctor(int number) throws InterruptedException {
        return loggedIn("+91000000100" + number);
    }

    static Person administrator() throws InterruptedException {
        return loggedIn(Services.ADMIN_PHONE);
    }

    private static Person loggedIn(String phone) throws InterruptedException {
        var person = new Person(phone, RunningSystem.services(), HTTP);
        person.logIn();
        return person;
    }
}
