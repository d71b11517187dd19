package com.amrutam.doctor.search;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Position;
import com.amrutam.doctor.availability.SlotView;
import com.amrutam.doctor.availability.Window;
import com.amrutam.doctor.profile.DoctorView;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows doctors and their free slots to anyone. */
@RestController
@RequestMapping("/api/v1/doctors")
class SearchController {
    private static final Duration LONGEST_WINDOW = Duration.ofDays(31);
    private static final Duration USUAL_WINDOW = Duration.ofDays(7);
    private static final int MAX_TEXT = 100;
    private static final int MAX_WORDS = 8;

    private final FindDoctors findDoctors;
    private final Answers answers;
    private final Clock clock;

    SearchController(FindDoctors findDoctors, Answers answers, Clock clock) {
        this.findDoctors = findDoctors;
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * Verified doctors as wished. A filter that nobody meets brings an empty list.
     *
     * @param specialization a code of {@code GET /api/v1/specializations}
     * @param mode only doctors who offer it
     * @param language ISO 639-1 code of a language the doctor speaks
     * @param city the doctor's city, in any case
     * @param minFee least fee, in paise
     * @param maxFee highest fee, in paise
     * @param from only doctors with a free slot that starts at this instant or later
     * @param to only doctors with a free slot that starts before this instant
     * @param q words of names of doctors and specializations; typing errors are forgiven
     * @param sort {@code soonest} (by the next free slot), {@code rating}, {@code experience} or {@code fee}
     */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses("validation-failed")
    byte[] searchDoctors(
            @RequestParam(required = false) @Nullable String specialization,
            @RequestParam(required = false) @Nullable Mode mode,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable Long minFee,
            @RequestParam(required = false) @Nullable Long maxFee,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = "soonest") String sort,
            PageRequest page) {
        var order = Order.named(sort).orElseThrow(() -> malformed("sort", "must be one of " + orders()));
        if (minFee != null && minFee < 0) {
            throw ProblemException.invalid("minFee", "must not be negative");
        }
        if (maxFee != null && maxFee < (minFee == null ? 0 : minFee)) {
            throw ProblemException.invalid("maxFee", "must not be less than minFee or negative");
        }
        var wishes = new Wishes(
                text("specialization", specialization),
                mode,
                text("language", language),
                text("city", city),
                minFee,
                maxFee,
                window(from, to),
                words(text("q", q)));
        var after = page.cursor() == null ? null : order.place(page.cursor());
        return answers.to(new Query(wishes, order, after, page.limit()));
    }

    /** One doctor, with the next free slot for each mode. */
    @GetMapping("/{id}")
    ResponseEntity<DoctorView> getDoctor(@PathVariable UUID id) {
        var found = findDoctors.find(id).orElseThrow(ProblemException::notFound);
        return ResponseEntity.ok().eTag(eTag(found)).body(found.view());
    }

    /**
     * The free slots of a doctor, by start.
     *
     * @param from the earliest start; now when left out
     * @param to all of them start before it; a week after {@code from} when left out, 31 days after it at most
     * @param mode only slots that have it
     */
    @GetMapping("/{id}/slots")
    @Refuses("validation-failed")
    Page<SlotView> listFreeSlots(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Mode mode,
            PageRequest page) {
        var begin = from == null ? clock.instant() : thinkable("from", from);
        var end = to == null ? begin.plus(USUAL_WINDOW) : thinkable("to", to);
        if (Duration.between(begin, end).compareTo(LONGEST_WINDOW) > 0) {
            throw ProblemException.invalid("to", "must be at most 31 days after from");
        }
        return findDoctors
                .slots(id, ordered(begin, end), mode, Position.of(page.cursor()), page)
                .orElseThrow(ProblemException::notFound)
                .map(SlotView::of);
    }

    private @Nullable Window window(@Nullable Instant from, @Nullable Instant to) {
        if (from == null && to == null) {
            return null;
        }
        var begin = from == null ? clock.instant() : thinkable("from", from);
        return to == null ? Window.from(begin) : ordered(begin, thinkable("to", to));
    }

    private static Instant thinkable(String parameter, Instant instant) {
        if (!Window.isThinkable(instant)) {
            throw ProblemException.invalid(parameter, "must be an instant of this century or the next");
        }
        return instant;
    }

    private static Window ordered(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw ProblemException.invalid("to", "must be after from");
        }
        return new Window(from, to);
    }

    private static @Nullable String text(String parameter, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > MAX_TEXT || value.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(
                    parameter, "must be at most " + MAX_TEXT + " characters without control characters");
        }
        return value.strip();
    }

    private static List<String> words(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        var words = Arrays.stream(text.split("\\s+")).distinct().toList();
        if (words.size() > MAX_WORDS) {
            throw ProblemException.invalid("q", "must be at most " + MAX_WORDS + " words");
        }
        return words;
    }

    private static ProblemException malformed(String parameter, String message) {
        return new ProblemException(
                CommonProblem.MALFORMED_REQUEST,
                parameter + " " + message,
                List.of(new FieldError(parameter, message)));
    }

    private static String orders() {
        return Arrays.stream(Order.values()).map(Order::parameter).collect(Collectors.joining(", "));
    }

    /** Everything that is shown and can change: the profile by its version, the rating by its count, the slots. */
    private static String eTag(FoundDoctor found) {
        return found.doctor().version() + "-" + found.doctor().reviewCount()
                + found.nextFree().values().stream()
                        .map(slot -> "-" + slot.id())
                        .collect(Collectors.joining());
    }
}
