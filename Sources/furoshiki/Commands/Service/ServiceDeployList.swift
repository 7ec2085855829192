import Deployment
import OrderedJSON

/// `deploy list`: lists the deployments that are kept for a rollback.
struct ServiceDeployList: FuroshikiCommand {
    let command = Command("deploy list", "List the deployments that are available for a rollback")

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let found = try await DeploymentBucket(run.deployment(configuration)).deployments()
        let list = DeploymentList(deployments: found.deployments)
        if run.terminal.isJSON { return run.terminal.write(list.json) }
        if found.deployments.isEmpty {
            return run.terminal.log(
                "There are no deployments of this service and stage in the bucket '\(found.bucket)'"
            )
        }
        run.terminal.write(list.text)
    }
}

/// `deploy list functions`: lists the deployed functions and their versions.
struct ServiceDeployListFunctions: FuroshikiCommand {
    let command = Command("deploy list functions", "List the deployed functions and their versions")

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let functions = try await FunctionVersions.find(run.deployment(configuration))
        if run.terminal.isJSON {
            return run.terminal.write(
                .object(
                    OrderedMap(
                        functions.map { function in
                            (function.key, JSONValue.array(function.versions.map { .string($0) }))
                        }
                    )
                )
            )
        }
        for function in functions {
            run.terminal.write("\(function.key)\n  All versions: \(function.versions.joined(separator: ", "))\n")
        }
    }
}
