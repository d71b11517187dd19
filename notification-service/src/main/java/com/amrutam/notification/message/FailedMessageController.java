package com.amrutam.notification.message;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For administrators: what no provider took. */
@RestController
@RequestMapping("/api/v1/admin/notifications/failed")
class FailedMessageController {
    private final ReplayFailed replayFailed;

    FailedMessageController(ReplayFailed replayFailed) {
        this.replayFailed = replayFailed;
    }

    /**
     * Sends again what no provider took in the last day.
     *
     * <p>Codes are not among it, nor what is no longer true, nor what may have arrived.
     */
    @PostMapping("/replay")
    Replayed replayFailedNotifications() {
        return new Replayed(replayFailed.replay());
    }

    /** @param queued how many messages are sent again */
    record Replayed(int queued) {}
}
