package com.amrutam.notification.receipt;

import com.amrutam.kit.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** What is refused of receipts. */
enum ReceiptProblem implements ProblemType {
    SIGNATURE_INVALID(HttpStatus.UNAUTHORIZED, "The signature is missing, wrong or too old"),
    RECEIPT_REPLAYED(HttpStatus.CONFLICT, "This very receipt was taken before");

    private final HttpStatus status;
    private final String title;

    ReceiptProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
