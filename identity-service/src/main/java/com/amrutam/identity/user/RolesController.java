package com.amrutam.identity.user;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Lets administrators decide who is what. */
@RestController
class RolesController {
    private final AssignRoles assignRoles;

    RolesController(AssignRoles assignRoles) {
        this.assignRoles = assignRoles;
    }

    /** Gives a user other roles; all of them are sent. Tokens issued from then on hold them. */
    @PutMapping("/api/v1/admin/users/{id}/roles")
    RolesView assignRoles(@PathVariable UUID id, @Valid @RequestBody RolesRequest request, Caller administrator) {
        var roles = request.parse();
        if (!assignRoles.assign(id, roles, administrator.id())) {
            throw ProblemException.notFound();
        }
        return new RolesView(id, List.copyOf(roles));
    }

    /** @param roles all the roles the user is to have: PATIENT, DOCTOR, ADMIN */
    record RolesRequest(@NotEmpty @Size(max = 10) List<@Nullable String> roles) {
        Set<Role> parse() {
            var parsed = EnumSet.noneOf(Role.class);
            var errors = new ArrayList<FieldError>();
            for (int i = 0; i < roles.size(); i++) {
                var name = roles.get(i);
                Arrays.stream(Role.values())
                        .filter(role -> role.name().equals(name))
                        .findFirst()
                        .ifPresentOrElse(parsed::add, unknown(i, errors));
            }
            if (!errors.isEmpty()) {
                throw new ProblemException(
                        CommonProblem.VALIDATION_FAILED, CommonProblem.VALIDATION_FAILED.title(), errors);
            }
            return parsed;
        }

        private static Runnable unknown(int index, List<FieldError> errors) {
            return () -> errors.add(new FieldError("roles[" + index + "]", "must be one of PATIENT, DOCTOR, ADMIN"));
        }
    }

    @Schema(name = "UserRoles")
    record RolesView(UUID id, List<Role> roles) {}
}
