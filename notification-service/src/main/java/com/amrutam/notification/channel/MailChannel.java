package com.amrutam.notification.channel;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** E-mail by SMTP, where a server is configured: text, page and calendar entry in one. */
@Profile("!local")
@ConditionalOnProperty("spring.mail.host")
@Component
class MailChannel implements Channel {
    private static final Logger log = LoggerFactory.getLogger(MailChannel.class);
    private static final String SERVER = "smtp";
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final JavaMailSender mail;
    private final MailProperties properties;
    private final Clock clock;

    MailChannel(JavaMailSender mail, MailProperties properties, Clock clock) {
        this.mail = mail;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public ChannelName name() {
        return ChannelName.EMAIL;
    }

    @Override
    public Answer send(Letter letter) {
        try {
            var message = message(letter);
            mail.send(message);
            return new Answer.Taken(SERVER, letter.id().toString());
        } catch (AddressException e) {
            return new Answer.Undeliverable("Not an address");
        } catch (MessagingException e) {
            return new Answer.Refused(
                    "The mail cannot be written: " + e.getClass().getSimpleName());
        } catch (MailException e) {
            return failed(letter, e);
        }
    }

    private MimeMessage message(Letter letter) throws MessagingException {
        var message = mail.createMimeMessage();
        message.setFrom(new InternetAddress(properties.from(), true));
        message.setRecipient(RecipientType.TO, new InternetAddress(letter.to(), true));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        // The same at every attempt: a mailbox that has seen it can tell.
        message.setHeader("Message-ID", "<" + letter.id() + "@amrutam.com>");
        // RFC 3834: no out-of-office answers, please.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(content(letter));
        return message;
    }

    private static Multipart content(Letter letter) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText(letter.text(), UTF_8);
        var page = new MimeBodyPart();
        page.setText(MailPage.of(letter.subject(), letter.text(), letter.language()), UTF_8, "html");
        var invitation = letter.invitation();
        if (invitation == null) {
            return new MimeMultipart("alternative", text, page);
        }
        // Some programs act on the alternative, others on the attachment.
        var entry = calendarPart(invitation.file(), "text/calendar; charset=UTF-8; method=" + invitation.method());
        var attachment = calendarPart(invitation.file(), "application/ics");
        attachment.setDisposition(Part.ATTACHMENT);
        attachment.setFileName("appointment.ics");
        var all = new MimeBodyPart();
        all.setContent(new MimeMultipart("alternative", text, page, entry));
        return new MimeMultipart("mixed", all, attachment);
    }

    private static MimeBodyPart calendarPart(String file, String type) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(new jakarta.activation.DataHandler(
                new ByteArrayDataSource(file.getBytes(StandardCharsets.UTF_8), type)));
        return part;
    }

    /** The server's words may hold the address, so they go no further than their kind. */
    private static Answer failed(Letter letter, MailException e) {
        boolean isRefused = e instanceof MailAuthenticationException
                || e instanceof MailSendException sending
                        && Stream.of(sending.getMessageExceptions())
                                .anyMatch(failure -> failure == e.getCause() // the connection's, before any message
                                        || chain(failure).anyMatch(MailChannel::isRefusal));
        var why = "Mail failed: " + e.getClass().getSimpleName();
        log.atWarn()
                .addKeyValue("messageId", letter.id())
                .addKeyValue("cause", why)
                .log("No mail server took a message");
        return isRefused ? new Answer.Refused(why) : new Answer.Unsure(why);
    }

    /** True when the server said no, or never got as far as the message. */
    private static boolean isRefusal(Throwable e) {
        return switch (e) {
            case SMTPSendFailedException failed -> failed.getReturnCode() > 0;
            case SMTPAddressFailedException _, MailConnectException _ -> true;
            case null, default -> false;
        };
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(
                e,
                cause -> cause != null,
                cause -> cause instanceof MessagingException mailing && mailing.getNextException() != null
                        ? mailing.getNextException()
                        : cause.getCause());
    }
}
