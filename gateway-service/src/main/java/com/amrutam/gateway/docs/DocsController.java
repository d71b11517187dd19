package com.amrutam.gateway.docs;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the documentation, to programs and to people. */
@RestController
class DocsController {
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final ApiDocument document;

    DocsController(ApiDocument document) {
        this.document = document;
    }

    /** The whole API as one OpenAPI 3.1 document. */
    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> document() {
        var bytes = document.asJson();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
                .eTag(DigestUtils.md5DigestAsHex(bytes))
                .body(bytes);
    }

    /** The page that shows it; its files are under {@code /docs/}. */
    @GetMapping({"/docs", "/docs/"})
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(new ClassPathResource("docs/index.html"));
    }
}
