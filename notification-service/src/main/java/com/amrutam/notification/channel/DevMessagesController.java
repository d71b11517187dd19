package com.amrutam.notification.channel;

import com.amrutam.kit.web.Page;
import com.amrutam.notification.channel.KeptMessages.KeptMessage;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the local stack's mailbox; does not exist outside the local profile. */
@Profile("local")
@Hidden
@RestController
class DevMessagesController {
    private final KeptMessages kept;

    DevMessagesController(KeptMessages kept) {
        this.kept = kept;
    }

    /** The newest hundred messages to a phone number or address. */
    @GetMapping("/dev/messages")
    Page<KeptMessage> messages(@RequestParam String to) {
        // An unescaped plus in a query is a space, and nobody escapes it by hand; neither numbers nor addresses have
        // spaces.
        return Page.whole(kept.to(to.replace(' ', '+')));
    }
}
