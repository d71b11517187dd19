package com.amrutam.notification.channel;

/**
 * How long a text is as an SMS, which is what it costs (3GPP TS 23.038 and 23.040).
 *
 * @param units septets in GSM-7, of which some characters take two; 16-bit units in UCS-2
 * @param segments how many SMS carry it
 */
public record SmsLength(Encoding encoding, int units, int segments) {
    private static final String ONE_SEPTET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String TWO_SEPTETS = "\f^{}\\[~]|€";

    /** How a text is encoded: in UCS-2 as soon as one character is not in GSM-7's alphabet. */
    public enum Encoding {
        GSM_7(160, 153),
        UCS_2(70, 67);

        private final int alone;
        private final int joined;

        /**
         * @param alone how many units an SMS has
         * @param joined how many are left where a header joins it with others
         */
        Encoding(int alone, int joined) {
            this.alone = alone;
            this.joined = joined;
        }
    }

    /** The length of a text. */
    public static SmsLength of(String text) {
        var encoding = text.chars().allMatch(SmsLength::isGsm7) ? Encoding.GSM_7 : Encoding.UCS_2;
        int units =
                text.codePoints().map(character -> width(encoding, character)).sum();
        return new SmsLength(encoding, units, units <= encoding.alone ? 1 : segments(encoding, text));
    }

    /** No character is torn apart, so a segment may end one unit early. */
    private static int segments(Encoding encoding, String text) {
        int segments = 1;
        int used = 0;
        for (int character : text.codePoints().toArray()) {
            int width = width(encoding, character);
            if (used + width > encoding.joined) {
                segments++;
                used = 0;
            }
            used += width;
        }
        return segments;
    }

    private static int width(Encoding encoding, int character) {
        return switch (encoding) {
            case GSM_7 -> TWO_SEPTETS.indexOf(character) >= 0 ? 2 : 1;
            case UCS_2 -> Character.charCount(character);
        };
    }

    private static boolean isGsm7(int character) {
        return ONE_SEPTET.indexOf(character) >= 0 || TWO_SEPTETS.indexOf(character) >= 0;
    }
}
