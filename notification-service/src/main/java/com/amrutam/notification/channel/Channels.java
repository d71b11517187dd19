package com.amrutam.notification.channel;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The channels this instance can send by. */
@Component
public class Channels {
    private final Map<ChannelName, Channel> byName;

    Channels(ObjectProvider<Channel> channels) {
        byName = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        if (!byName.containsKey(ChannelName.SMS)) {
            // Without it nobody could log in or book; better not to start than to queue codes for ever.
            throw new IllegalStateException(
                    "No channel delivers SMS, which codes go by: set amrutam.notification.sms.providers, or spring.profiles.active=local to keep them instead of sending");
        }
    }

    /** True when this instance can send that way. */
    public boolean has(ChannelName name) {
        return byName.containsKey(name);
    }

    /** The channel of this name; empty when this instance was not configured for it. */
    public Optional<Channel> named(ChannelName name) {
        return Optional.ofNullable(byName.get(name));
    }
}
