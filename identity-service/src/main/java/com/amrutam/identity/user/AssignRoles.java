package com.amrutam.identity.user;

import com.amrutam.identity.audit.AuditTrail;
import com.amrutam.identity.audit.AuditedAction;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a user other roles. Access tokens already out keep the old ones until they expire, within 15 minutes. */
@Component
class AssignRoles {
    private static final Logger log = LoggerFactory.getLogger(AssignRoles.class);

    private final Users users;
    private final AuditTrail audit;

    AssignRoles(Users users, AuditTrail audit) {
        this.users = users;
        this.audit = audit;
    }

    /**
     * Replaces the roles of a user, on record when they differ.
     *
     * @return false when there is no such user
     */
    @Transactional
    public boolean assign(UUID userId, Set<Role> roles, UUID administrator) {
        var found = users.findForChange(userId);
        if (found.isEmpty()) {
            return false;
        }
        var before = found.get().roles();
        if (!before.equals(roles)) {
            users.saveRoles(userId, roles);
            audit.record(AuditedAction.ROLES_CHANGED, administrator, userId, Map.of("before", before, "after", roles));
            log.atInfo()
                    .addKeyValue("userId", userId)
                    .addKeyValue("roles", roles)
                    .addKeyValue("by", administrator)
                    .log("Roles changed");
        }
        return true;
    }
}
