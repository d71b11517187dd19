package com.amrutam.notification.channel;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The channels that have a provider. */
@Profile("!local")
@Configuration(proxyBeanMethods = false)
class HttpChannels {
    @Bean
    @ConditionalOnProperty("amrutam.notification.sms.providers[0].name")
    Channel sms(HttpChannelProperties properties, Clock clock, MeterRegistry metrics) {
        return new HttpChannel(ChannelName.SMS, properties.sms(), clock, metrics);
    }

    @Bean
    @ConditionalOnProperty("amrutam.notification.whatsapp.providers[0].name")
    Channel whatsapp(HttpChannelProperties properties, Clock clock, MeterRegistry metrics) {
        return new HttpChannel(ChannelName.WHATSAPP, properties.whatsapp(), clock, metrics);
    }
}
