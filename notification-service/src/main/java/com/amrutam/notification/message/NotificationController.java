package com.amrutam.notification.message;

import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.Cursor;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import com.amrutam.notification.message.Messages.Sent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A person's own messages. */
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationController {
    private final Messages messages;

    NotificationController(Messages messages) {
        this.messages = messages;
    }

    /** The caller's messages and their delivery state, newest first. */
    @GetMapping
    Page<Sent> listNotifications(Caller caller, PageRequest page) {
        var rows = messages.of(caller.id(), page, after(page.cursor()));
        return Page.of(rows, page.limit(), last -> Cursor.of(last.id().toString()));
    }

    private static @Nullable UUID after(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return UUID.fromString(cursor.parts().getFirst());
        } catch (IllegalArgumentException e) {
            throw Cursor.invalid();
        }
    }
}
