import Deployment
import HostSystem
import ServerlessConfig
import ServiceLifecycle

/// `rollback`: returns to an earlier deployment.
struct ServiceRollback: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "rollback",
            "Roll back to an earlier deployment",
            options: [CommandOption("timestamp", "t", "Timestamp of the deployment, as shown by 'deploy list'")]
        )
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        let start = run.machine.clock.now
        let configuration = try await run.configuration()
        let context = try run.deployment(configuration)
        guard let timestamp = run.invocation.text("timestamp") else {
            run.terminal.log("Choose a deployment, and run 'furoshiki rollback --timestamp TIMESTAMP'")
            let list = DeploymentList(deployments: try await DeploymentBucket(context).deployments().deployments)
            return run.terminal.isJSON ? run.terminal.write(list.json) : run.terminal.write(list.text)
        }
        let milliseconds = try DeploymentTime.milliseconds(of: timestamp)
        run.terminal.log("Rolling back \(configuration.service.name) to the deployment of \(timestamp)")
        let state = try await Lifecycle<RollbackState>.rollback
            .run(
                from: RollbackState(context, to: milliseconds),
                observe: { run.terminal.debug($0.rawValue) }
            )
        let time = DurationText.short(run.machine.clock.now - start)
        run.terminal.log(
            state.hasChanged == true
                ? "Service rolled back to the deployment of \(timestamp) (\(time))"
                : "The deployment of \(timestamp) is already active. Rollback skipped. (\(time))"
        )
    }
}
