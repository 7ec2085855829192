package import AWSClient
import Deployment
import Diagnostics
package import HostSystem
package import ServerlessConfig
import ServiceLifecycle

/// Checks the credentials, and the stack that the service is deployed to.
package struct AccountChecks: Sendable {
    private let client: AWSClient
    private let names: DeploymentNames?
    private let wallClock: WallClock

    /// Creates the checks.
    ///
    /// - Parameters:
    ///   - client: the client of the region of the service.
    ///   - service: the service; `nil` if there is none.
    ///   - host: the machine.
    package init(_ client: AWSClient, for service: Service?, on host: HostServices) {
        self.client = client
        names = service.map { DeploymentNames(of: $0) }
        wallClock = host.wallClock
    }

    /// The findings: whose credentials are used, and how the service is deployed.
    ///
    /// - Throws: `CancellationError`.
    package func findings() async throws -> [DoctorReport.Finding] {
        let credentials: AWSCredentials
        do {
            credentials = try await client.credentials()
        } catch let error as CredentialsError {
            return Self.findings(of: error) + notChecked(because: "there are no credentials")
        }
        let origin = "from \(credentials.origin)\(expiry(of: credentials))"
        do {
            let identity = try await client.sts.callerIdentity()
            let found = DoctorReport.Finding(
                .credentials,
                .ok,
                "\(identity.arn) in the account \(identity.account), \(origin)"
            )
            return [found] + (try await stackFindings())
        } catch let error as AWSError {
            let diagnostics = error.diagnostics
            guard diagnostics.contains(where: { $0.code == .awsUnreachable }) else {
                return diagnostics.map { DoctorReport.Finding(.credentials, .error, $0) }
                    + notChecked(because: "the credentials do not work")
            }
            return [
                DoctorReport.Finding(
                    .credentials,
                    .warning,
                    "\(origin), not checked: AWS cannot be reached",
                    help: diagnostics.flatMap(\.help),
                    code: .awsUnreachable
                )
            ] + notChecked(because: "AWS cannot be reached")
        }
    }

    /// The findings of credentials that are missing or cannot be used.
    ///
    /// Without any, packaging still works, so that is a warning.
    package static func findings(of error: CredentialsError) -> [DoctorReport.Finding] {
        var status = ReadinessReport.Status.error
        if case .missing = error { status = .warning }
        return error.diagnostics.map { DoctorReport.Finding(.credentials, status, $0) }
    }

    private func expiry(of credentials: AWSCredentials) -> String {
        guard let expiration = credentials.expiration else { return "" }
        let minutes = max(0, (expiration - wallClock.nowMilliseconds) / 60_000)
        return ", valid for \(minutes) minutes"
    }

    private func notChecked(because reason: String) -> [DoctorReport.Finding] {
        names.map { [DoctorReport.Finding(.stack, .note, "\($0.stack) is not checked, as \(reason)")] } ?? []
    }

    // MARK: Stack

    private func stackFindings() async throws -> [DoctorReport.Finding] {
        guard let names else { return [] }
        do {
            guard let stack = try await client.cloudFormation.stack(names.stack) else {
                let text = "\(names.stack) does not exist in \(client.region): the service is not deployed there"
                return [DoctorReport.Finding(.stack, .note, text)]
            }
            return [finding(stack, try await sender(of: stack))]
        } catch let error as AWSError {
            return error.diagnostics.map { DoctorReport.Finding(.stack, .warning, $0) }
        }
    }

    private func finding(_ stack: Stack, _ sender: String?) -> DoctorReport.Finding {
        let time = (stack.updated ?? stack.created).map { " since \(InstantText.iso8601(milliseconds: $0))" } ?? ""
        let help = StackRemedies.help(forStatus: stack.status)
        let isBroken = !help.isEmpty && !stack.status.hasSuffix("UPDATE_ROLLBACK_COMPLETE")
        let status: ReadinessReport.Status =
            isBroken ? .error : stack.status == "UPDATE_ROLLBACK_COMPLETE" ? .warning : .ok
        return DoctorReport.Finding(
            .stack,
            status,
            "\(stack.name): \(stack.status)\(time)\(sender.map { ", by \($0)" } ?? "")",
            help: status == .ok ? [] : help,
            code: isBroken ? .stackNotUpdatable : nil
        )
    }

    /// Who changed the stack last, and with which program; `nil` if that is not known.
    private func sender(of stack: Stack) async throws -> String? {
        let events = try await client.cloudFormation.events(of: stack.name)
        let begin = events.first { event in
            event.type == "AWS::CloudFormation::Stack" && event.status.hasSuffix("_IN_PROGRESS")
        }
        if let token = begin?.token { return OperationToken.sender(of: token) }
        // arn:aws:cloudformation:REGION:ACCOUNT:changeSet/NAME/ID
        let parts = stack.changeSetID?.split(separator: "/") ?? []
        guard parts.count > 1 else { return nil }
        let name = String(parts[1])
        if name.hasPrefix("furoshiki-") { return "Furoshiki" }
        return name == "\(stack.name)-change-set" ? "Serverless" : "the change set '\(name)'"
    }
}
