package com.amrutam.identity.user;

import com.amrutam.identity.audit.AuditTrail;
import com.amrutam.identity.audit.AuditedAction;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates the first administrator, who can make others. Runs at every start of every instance and does something once:
 * roles that were changed since are left alone.
 */
@Component
class SeedAdmin implements ApplicationRunner {
    private final PhoneProperties properties;
    private final Registration registration;
    private final AuditTrail audit;

    SeedAdmin(PhoneProperties properties, Registration registration, AuditTrail audit) {
        this.properties = properties;
        this.registration = registration;
        this.audit = audit;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        var phone = properties.adminPhone();
        if (phone == null || phone.isBlank()) {
            return;
        }
        registration
                .register(new Phone(phone), Set.of(Role.ADMIN))
                .ifPresent(admin -> audit.record(AuditedAction.ADMIN_SEEDED, null, admin.id(), Map.of()));
    }
}
