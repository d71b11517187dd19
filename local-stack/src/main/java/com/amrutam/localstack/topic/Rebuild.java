package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a view anew from the topics. */
@Command(name = "rebuild", description = "Makes doctor's view of all slots anew from the topics; searches go on.")
final class Rebuild implements Callable<Integer> {
    private static final String PATH = "/api/v1/admin/doctors/availability/rebuild";

    @Option(names = "--gateway", paramLabel = "URL", description = "The local stack's when not said.")
    private @Nullable URI gateway;

    @Override
    public Integer call() throws InterruptedException, IOException {
        try (var http = HttpClient.newHttpClient()) {
            if (gateway == null) {
                var administrator = new Person(Services.ADMIN_PHONE, ServicePorts.STANDARD, http);
                administrator.logIn();
                System.out.println(administrator.api().post(PATH).expect(200).body());
                return 0;
            }
            var token = System.getenv("AMRUTAM_TOKEN");
            if (token == null) {
                throw new Trouble(
                        ExitCode.WRONG_USAGE, "With --gateway, AMRUTAM_TOKEN holds an administrator's access token");
            }
            var answer = http.send(
                    HttpRequest.newBuilder(gateway.resolve(PATH))
                            .timeout(Duration.ofMinutes(10))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.println(answer.body());
            return answer.statusCode() == 200 ? 0 : ExitCode.FAILED;
        }
    }
}
