package com.amrutam.identity.erasure;

import com.amrutam.identity.audit.AuditTrail;
import com.amrutam.identity.audit.AuditedAction;
import com.amrutam.identity.challenge.ForgetCodes;
import com.amrutam.identity.user.UserEvents;
import com.amrutam.identity.user.Users;
import com.amrutam.kit.idempotency.KeptAnswers;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Forgets a person. What is left names them by an id that leads nowhere any more: the audit trail, which the law has us
 * keep. Access tokens die within their 15 minutes; refresh tokens are gone at once.
 */
@Service
class EraseUser {
    private static final Logger log = LoggerFactory.getLogger(EraseUser.class);

    private final Users users;
    private final AppointmentsAhead appointmentsAhead;
    private final ForgetCodes forgetCodes;
    private final KeptAnswers keptAnswers;
    private final UserEvents events;
    private final AuditTrail audit;
    private final Clock clock;

    EraseUser(
            Users users,
            AppointmentsAhead appointmentsAhead,
            ForgetCodes forgetCodes,
            KeptAnswers keptAnswers,
            UserEvents events,
            AuditTrail audit,
            Clock clock) {
        this.users = users;
        this.appointmentsAhead = appointmentsAhead;
        this.forgetCodes = forgetCodes;
        this.keptAnswers = keptAnswers;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    enum Outcome {
        ERASED,
        APPOINTMENTS_AHEAD,
        /** Erased before, though a token for it still lives. */
        NO_SUCH_USER
    }

    /** An appointment booked a moment ago may not be known here yet; booking then cancels it when it hears of this. */
    @Transactional
    public Outcome erase(UUID userId) {
        var user = users.findForChange(userId);
        if (user.isEmpty()) {
            return Outcome.NO_SUCH_USER;
        }
        if (appointmentsAhead.has(userId)) {
            return Outcome.APPOINTMENTS_AHEAD;
        }
        users.remove(userId);
        forgetCodes.of(user.get().phone());
        appointmentsAhead.forget(userId);
        keptAnswers.forget(userId);
        audit.record(AuditedAction.USER_ERASED, userId, userId, Map.of());
        events.erased(userId, clock.instant());
        log.atInfo().addKeyValue("userId", userId).log("User erased");
        return Outcome.ERASED;
    }
}
