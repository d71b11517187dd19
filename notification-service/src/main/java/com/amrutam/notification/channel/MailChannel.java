package com.amrutam.notification.channel;

import jakarta.mail.MessagingException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** E-mail by SMTP, where a server is configured. */
@Profile("!local")
@ConditionalOnProperty("spring.mail.host")
@Component
class MailChannel implements Channel {
    private final JavaMailSender mail;
    private final MailProperties properties;

    MailChannel(JavaMailSender mail, MailProperties properties) {
        this.mail = mail;
        this.properties = properties;
    }

    @Override
    public ChannelName name() {
        return ChannelName.EMAIL;
    }

    @Override
    public void send(Letter letter) throws NotTaken {
        try {
            var message = mail.createMimeMessage();
            var parts = new MimeMessageHelper(message, "UTF-8");
            parts.setFrom(properties.from());
            parts.setTo(letter.to());
            parts.setSubject(letter.subject());
            parts.setText(letter.text());
            mail.send(message);
        } catch (MailException | MessagingException e) {
            // The server's words may hold the address, so they go no further.
            throw new NotTaken(e.getClass().getSimpleName());
        }
    }
}
