package com.amrutam.identity.erasure;

import com.amrutam.identity.IdentityProblem;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people may ask about their data. */
@RestController
class ErasureController {
    private final EraseUser eraseUser;

    ErasureController(EraseUser eraseUser) {
        this.eraseUser = eraseUser;
    }

    /**
     * Forgets the caller, in every service. Past appointments stay in the doctor's records under an id that means nobody.
     * Whoever logs in with the phone again is somebody new.
     */
    @DeleteMapping("/api/v1/users/me")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({"appointments-ahead", "not-found"})
    void eraseUser(Caller caller) {
        switch (eraseUser.erase(caller.id())) {
            case ERASED -> {}
            case APPOINTMENTS_AHEAD ->
                throw new ProblemException(
                        IdentityProblem.APPOINTMENTS_AHEAD, "Cancel them, or wait until they have taken place");
            case NO_SUCH_USER -> throw ProblemException.notFound();
        }
    }
}
