package com.amrutam.kit.openapi;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.SpringDocJavadocProvider;

/** Javadoc as OpenAPI wants its descriptions: in CommonMark, each paragraph on a line. */
final class MarkdownJavadoc extends SpringDocJavadocProvider {
    @Override
    public String getClassJavadoc(Class<?> type) {
        return markdown(super.getClassJavadoc(type));
    }

    @Override
    public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
        return super.getRecordClassParamJavadoc(type).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> sentence(entry.getValue())));
    }

    @Override
    public String getMethodJavadocDescription(Method method) {
        return markdown(super.getMethodJavadocDescription(method));
    }

    @Override
    public String getParamJavadoc(Method method, String name) {
        return sentence(super.getParamJavadoc(method, name));
    }

    @Override
    public String getFieldJavadoc(Field field) {
        // What a field's comment says is for those who read the code; components and setters speak to clients.
        return "";
    }

    private static String sentence(@Nullable String text) {
        var plain = markdown(text);
        return plain.isEmpty() ? plain : Character.toUpperCase(plain.charAt(0)) + plain.substring(1) + ".";
    }

    private static String markdown(@Nullable String text) {
        return text == null
                ? ""
                : text.replaceAll("\\s*\\n\\s*", " ")
                        .replaceAll("</?code>", "`")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&")
                        .strip();
    }
}
