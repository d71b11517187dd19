package com.amrutam.kit.setting;

import org.jspecify.annotations.Nullable;

/** A setting with which a service must not start, found where it is used. */
public final class SettingRefused extends IllegalArgumentException {
    private final String setting;

    /**
     * @param setting its name, such as {@code amrutam.codes.digest-key}
     * @param reason what it must be; never its value
     */
    public SettingRefused(String setting, String reason, @Nullable Throwable cause) {
        super(setting + " " + reason, cause);
        this.setting = setting;
    }

    /** Its name. */
    public String setting() {
        return setting;
    }

    /** What it must be. */
    public String reason() {
        return String.valueOf(getMessage()).substring(setting.length() + 1);
    }
}
