package com.amrutam.identity.audit;

import com.amrutam.kit.web.Cursor;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows administrators who did what. */
@RestController
class AuditController {
    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    /** Who did what, the newest first. */
    @GetMapping("/api/v1/admin/audit")
    Page<AuditEntryView> listAuditEntries(PageRequest page) {
        return Page.of(entries(page), page.limit(), AuditController::cursorAfter)
                .map(AuditEntryView::of);
    }

    private List<AuditEntry> entries(PageRequest page) {
        var cursor = page.cursor();
        if (cursor == null) {
            return trail.newest(page.limit() + 1);
        }
        if (cursor.parts().size() != 2) {
            throw Cursor.invalid();
        }
        try {
            var at = Instant.parse(cursor.parts().getFirst());
            var id = UUID.fromString(cursor.parts().getLast());
            return trail.olderThan(at, id, page.limit() + 1);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }

    private static Cursor cursorAfter(AuditEntry entry) {
        return Cursor.of(entry.at().toString(), entry.id().toString());
    }

    /** An entry as administrators see it; no {@code actorId} means that the system did it. */
    @Schema(name = "AuditEntry")
    record AuditEntryView(
            UUID id,
            Instant at,
            @Nullable UUID actorId,
            AuditedAction action,
            @Nullable UUID subjectId,
            Map<String, Object> details) {
        static AuditEntryView of(AuditEntry entry) {
            return new AuditEntryView(
                    entry.id(), entry.at(), entry.actorId(), entry.action(), entry.subjectId(), entry.details());
        }
    }
}
