package com.amrutam.identity.user;

import com.amrutam.kit.data.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Everybody with an account. */
@Repository
public class Users {
    private final JdbcClient jdbc;

    Users(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<User> find(UUID id) {
        return jdbc.sql("select * from user_account where id = :id")
                .param("id", id)
                .query(Users::user)
                .optional();
    }

    public Optional<User> findByPhone(Phone phone) {
        return jdbc.sql("select * from user_account where phone = :phone")
                .param("phone", phone.e164())
                .query(Users::user)
                .optional();
    }

    /** A user nobody else can change until this transaction ends. */
    public Optional<User> findForChange(UUID id) {
        return jdbc.sql("select * from user_account where id = :id for update")
                .param("id", id)
                .query(Users::user)
                .optional();
    }

    /**
     * Adds a user unless the phone has one. Two first logins at once: the second waits for the first to commit and then
     * adds nothing.
     *
     * @return false when the phone has a user
     */
    boolean add(User user) {
        return jdbc.sql("""
                        insert into user_account (id, phone, roles, name, email, unverified_email, language, time_zone,
                            muted_channels, version, created_at, changed_at)
                        values (:id, :phone, :roles, :name, :email, :unverifiedEmail, :language, :timeZone,
                            :mutedChannels, :version, :createdAt, :changedAt)
                        on conflict (phone) do nothing""")
                        .param("id", user.id())
                        .param("phone", user.phone().e164())
                        .param("roles", names(user.roles()))
                        .param("name", user.profile().name())
                        .param("email", user.profile().email())
                        .param("unverifiedEmail", user.profile().unverifiedEmail())
                        .param("language", user.profile().language().code())
                        .param("timeZone", user.profile().timeZone().getId())
                        .param("mutedChannels", names(user.profile().mutedChannels()))
                        .param("version", user.version())
                        .param("createdAt", Timestamps.toSql(user.createdAt()))
                        .param("changedAt", Timestamps.toSql(user.changedAt()))
                        .update()
                == 1;
    }

    /** Writes the profile of a user found for change. */
    void saveProfile(User user) {
        jdbc.sql("""
                        update user_account set name = :name, email = :email, unverified_email = :unverifiedEmail, language = :language,
                            time_zone = :timeZone, muted_channels = :mutedChannels, version = :version,
                            changed_at = :changedAt
                        where id = :id""")
                .param("id", user.id())
                .param("name", user.profile().name())
                .param("email", user.profile().email())
                .param("unverifiedEmail", user.profile().unverifiedEmail())
                .param("language", user.profile().language().code())
                .param("timeZone", user.profile().timeZone().getId())
                .param("mutedChannels", names(user.profile().mutedChannels()))
                .param("version", user.version())
                .param("changedAt", Timestamps.toSql(user.changedAt()))
                .update();
    }

    /** Removes a user found for change, and with them their sessions and codes. */
    public void remove(UUID id) {
        jdbc.sql("delete from user_account where id = :id").param("id", id).update();
    }

    /** Writes the roles of a user found for change. */
    void saveRoles(UUID id, Set<Role> roles) {
        jdbc.sql("update user_account set roles = :roles where id = :id")
                .param("id", id)
                .param("roles", names(roles))
                .update();
    }

    private static String[] names(Collection<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                new Phone(row.getString("phone")),
                values(row, "roles", Role.class, Role::valueOf),
                new Profile(
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("unverified_email"),
                        Language.of(row.getString("language")).orElseThrow(),
                        ZoneId.of(row.getString("time_zone")),
                        values(row, "muted_channels", Channel.class, Channel::valueOf)),
                row.getInt("version"),
                Timestamps.instant(row, "created_at"),
                Timestamps.instant(row, "changed_at"));
    }

    private static <E extends Enum<E>> Set<E> values(
            ResultSet row, String column, Class<E> type, Function<String, E> valueOf) throws SQLException {
        var names = (String[]) row.getArray(column).getArray();
        // In the order of declaration, so that answers do not change by chance.
        return Collections.unmodifiableSet(
                Arrays.stream(names).map(valueOf).collect(Collectors.toCollection(() -> EnumSet.noneOf(type))));
    }
}
