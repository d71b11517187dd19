package com.amrutam.crooked.one;

import com.amrutam.crooked.two.Egg;
import com.amrutam.events.booking.SlotReleased;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A domain type that knows a framework, an event class and the feature that knows it. */
public record Chicken(
        HttpStatus status, @Nullable Egg egg, @Nullable SlotReleased event) {}
