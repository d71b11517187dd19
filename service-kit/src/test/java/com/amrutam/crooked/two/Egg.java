package com.amrutam.crooked.two;

import com.amrutam.crooked.one.Chicken;
import org.jspecify.annotations.Nullable;

public record Egg(@Nullable Chicken chicken) {}
