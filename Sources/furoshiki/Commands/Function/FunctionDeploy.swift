import Deployment
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// `deploy function`: replaces the code and the configuration of functions, without CloudFormation.
struct FunctionDeploy: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "deploy function",
            "Deploy the code and the configuration of single functions",
            options: [
                .functions, CommandOption("force", nil, .flag, "Deploy even if nothing has changed"),
                CommandOption("update-config", "u", .flag, "Change only the configuration"),
            ]
        )
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        let start = run.machine.clock.now
        let configuration = try await run.configuration(for: .package)
        let service = configuration.service
        let functions = try run.functions(of: service)
        let context = try run.deployment(configuration)
        for function in functions {
            run.terminal.log("Deploying function \(function.key) to stage \(service.stage) (\(service.region))")
        }
        // A function that is not deployed is reported before the service is packaged.
        _ = try await functions.concurrentMap(limit: functions.count) {
            try await FunctionDeployment.deployed($0, context, sameType: true)
        }
        let progress = PackagingProgress("Packaging \(service.name)", on: run.terminal)
        let (onlyConfiguration, isForced) = (run.invocation.has("update-config"), run.invocation.has("force"))
        let lifecycle = Lifecycle.package(
            on: context.host,
            run.bundler(in: configuration.environment),
            images: run.images(of: configuration, for: onlyConfiguration ? [] : functions)
        ) { progress.report($0) }
        let packaging = run.packaging(of: configuration)
        let state = try await lifecycle.runAlone(
            from: packaging,
            in: run.machine.files,
            onWait: { run.terminal.log(waiting: packaging.directory, from: service.directory) },
            observe: { run.terminal.debug($0.rawValue) }
        )
        run.terminal.report(state.findings)
        guard let package = state.package else { return }
        let artifacts = try await PackagedArtifacts.find(in: state, package, on: context.host)
        let deployment = FunctionDeployment(of: package, artifacts, context)
        let outcomes = try await functions.concurrentMap(limit: functions.count) { function in
            try await deployment.deploy(function, onlyConfiguration: onlyConfiguration, isForced: isForced)
        }
        let time = DurationText.short(run.machine.clock.now - start)
        for (function, outcome) in zip(functions, outcomes) {
            for line in Self.lines(of: outcome) { run.terminal.log("\(function.key): \(line) (\(time))") }
        }
        if run.terminal.isJSON {
            run.terminal.write(
                .object(OrderedMap(zip(functions, outcomes).map { ($0.key, Self.json(of: $1)) }))
            )
        }
    }

    private static func lines(of outcome: FunctionDeployment.Outcome) -> [String] {
        var lines: [String] = []
        switch outcome.code {
        case .deployed: lines.append("code deployed")
        case .unchanged: lines.append("code unchanged")
        case .skipped: break
        }
        switch outcome.configuration {
        case .deployed: lines.append("configuration deployed")
        case .unchanged: lines.append("configuration unchanged")
        case .skipped: break
        }
        return lines
    }

    private static func json(of outcome: FunctionDeployment.Outcome) -> JSONValue {
        ["code": .bool(outcome.code == .deployed), "configuration": .bool(outcome.configuration == .deployed)]
    }
}

/// `rollback function`: replaces the code of a function by that of an earlier version.
struct FunctionRollback: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "rollback function",
            "Roll back a function to an earlier version",
            options: [.function, CommandOption("function-version", "Version to roll back to", isRequired: true)]
        )
        command.repeatsErrorsOnOutput = true
        return command
    }

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let context = try run.deployment(configuration)
        let version = run.invocation.text("function-version") ?? ""
        for function in try run.functions(of: configuration.service) {
            try await FunctionDeployment.rollBack(function, to: version, context)
            run.terminal.log("Function \(function.key) rolled back to version \(version)")
        }
    }
}
