import Deployment

/// `info`: shows the addresses, functions and layers of the deployed service.
struct ServiceInfo: FuroshikiCommand {
    let command = Command("info", "Show information about the deployed service", options: [.conceal])

    func run(_ run: CommandRun) async throws {
        let configuration = try await run.configuration()
        let information = try await ServiceInformation.find(run.deployment(configuration))
        let isConcealed = run.invocation.has("conceal")
        if run.terminal.isJSON { return run.terminal.write(information.json(isConcealed: isConcealed)) }
        run.terminal.write(
            ServiceInformationText(
                information: information,
                isConcealed: isConcealed,
                hasOutputs: run.terminal.level >= .info
            )
            .text
        )
    }
}
