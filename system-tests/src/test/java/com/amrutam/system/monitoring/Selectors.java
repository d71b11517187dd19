package com.amrutam.system.monitoring;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The series a PromQL expression asks for. Reads the language as far as our expressions use it.
 *
 * @param series the selectors, such as {@code up{job="booking"}}
 * @param groupingLabels the labels the expression groups or joins by
 */
record Selectors(Set<Selector> series, Set<String> groupingLabels) {
    private static final Pattern GROUPING = Pattern.compile("\\b(by|on|without|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:.$])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*})?(?!\\s*\\(|[\\w:])");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "by", "on", "without", "ignoring");

    /** @param matchers as written, braces included; empty when there are none */
    record Selector(String metric, String matchers) {
        Set<String> labels() {
            return MATCHER.matcher(matchers)
                    .results()
                    .map(matcher -> group(matcher, 1))
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** The same with every label wanted, whatever its value. */
        Selector anyValue() {
            return new Selector(
                    metric,
                    labels().stream().map(label -> label + "!=\"\"").collect(Collectors.joining(",", "{", "}")));
        }

        @Override
        public String toString() {
            return metric + matchers;
        }
    }

    static Selectors of(String expression) {
        var labels = new LinkedHashSet<String>();
        var rest = GROUPING.matcher(expression).replaceAll(grouping -> {
            if (group(grouping, 1).matches("by|on")) {
                Pattern.compile("\\w+")
                        .matcher(group(grouping, 2))
                        .results()
                        .forEach(label -> labels.add(label.group()));
            }
            return " ";
        });
        var series = SELECTOR.matcher(rest)
                .results()
                .filter(match -> !WORDS.contains(group(match, 1)))
                .map(match -> new Selector(group(match, 1), match.group(2) == null ? "" : group(match, 2)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Selectors(series, labels);
    }

    private static String group(MatchResult match, int number) {
        return Objects.requireNonNull(match.group(number));
    }
}
