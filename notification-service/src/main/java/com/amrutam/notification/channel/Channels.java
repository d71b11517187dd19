package com.amrutam.notification.channel;

import java.util.Map;
import java.util.Objects;
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
                    "No channel delivers SMS, which codes go by; the profile 'local' keeps them instead of sending");
        }
    }

    public Channel named(ChannelName name) {
        return Objects.requireNonNull(byName.get(name), () -> "No channel " + name);
    }
}
