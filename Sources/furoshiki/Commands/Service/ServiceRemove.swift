import Deployment
import HostSystem
import ServerlessConfig
import ServiceLifecycle

/// `remove`: deletes the stack and what the service has in the deployment bucket.
struct ServiceRemove: FuroshikiCommand {
    var command: Command {
        var command = Command("remove", "Remove the deployed service and all of its resources")
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        let start = run.machine.clock.now
        let configuration = try await run.configuration()
        let service = configuration.service
        let context = try run.deployment(configuration)
        run.terminal.log("Removing \(service.name) from stage \(service.stage) (\(service.region))")
        let state = try await Lifecycle<RemoveState>.remove
            .run(
                from: RemoveState(context),
                observe: { run.terminal.debug($0.rawValue) }
            )
        run.terminal.report(state.finding.map { [$0] } ?? [])
        let time = DurationText.short(run.machine.clock.now - start)
        run.terminal.log("Service \(service.name) has been removed (\(time))")
    }
}
