package com.amrutam.crooked.two;

import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** A catch-all that calls a controller, is injected into, prints, and logs its own way. */
class EggManager {
    private static final Logger LOG = Logger.getLogger("eggs");

    @Autowired
    private @Nullable EggController controller;

    void print() {
        if (controller != null) {
            System.out.println(controller.count());
        }
        LOG.info("printed");
    }
}
