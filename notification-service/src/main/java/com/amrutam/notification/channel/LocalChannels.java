package com.amrutam.notification.channel;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** In the local stack every message ends in the mailbox that {@code GET /dev/messages} shows. */
@Profile("local")
@Configuration(proxyBeanMethods = false)
class LocalChannels {
    @Bean
    Channel localSms(KeptMessages kept) {
        return new KeepingChannel(ChannelName.SMS, kept);
    }

    @Bean
    Channel localEmail(KeptMessages kept) {
        return new KeepingChannel(ChannelName.EMAIL, kept);
    }

    private static final class KeepingChannel implements Channel {
        private final ChannelName name;
        private final KeptMessages kept;

        KeepingChannel(ChannelName name, KeptMessages kept) {
            this.name = name;
            this.kept = kept;
        }

        @Override
        public ChannelName name() {
            return name;
        }

        @Override
        public Answer send(Letter letter) {
            kept.keep(name, letter);
            return new Answer.Taken("mailbox", letter.id().toString());
        }
    }
}
