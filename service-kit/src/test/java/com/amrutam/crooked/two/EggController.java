package com.amrutam.crooked.two;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;

/** A controller that does SQL itself. */
@RestController
class EggController {
    private final JdbcClient jdbc;

    EggController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int count() {
        return jdbc.sql("select 1").update();
    }
}
