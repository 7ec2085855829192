import Diagnostics
import HostSystem
import LocalCommands
import OrderedJSON

/// `config credentials`: stores AWS credentials in a profile of the shared credentials file.
struct ConfigCredentials: FuroshikiCommand {
    /// The command that groups the commands about configuration.
    static let group = Command(
        "config",
        "Configure Furoshiki",
        .group,
        options: [CommandOption("autoupdate", nil, .flag, "Accepted and ignored")]
    )

    let command = Command(
        "config credentials",
        "Store AWS credentials in a profile",
        options: [
            CommandOption("provider", "p", "Name of the provider: aws", isRequired: true),
            CommandOption("key", "k", "Access key ID", isRequired: true),
            CommandOption("secret", "s", "Secret access key", isRequired: true),
            CommandOption("profile", "n", "Name of the profile (default: default)"),
            CommandOption("overwrite", "o", .flag, "Replace the existing credentials of the profile"),
        ]
    )

    func run(_ run: CommandRun) async throws {
        let provider = run.invocation.text("provider") ?? ""
        guard provider.lowercased() == "aws" else {
            throw DiagnosticError(
                .unknownProvider,
                "unknown provider '\(provider)'",
                help: ["Furoshiki stores credentials for AWS only: --provider aws"]
            )
        }
        let profile = run.invocation.text("profile") ?? "default"
        let store = try CredentialsStore(in: run.machine.environment, files: run.machine.files)
        let entry = try CredentialsStore.Entry(
            profile: profile,
            accessKey: run.invocation.text("key") ?? "",
            secretKey: Secret(run.invocation.text("secret") ?? "")
        )
        try store.store(entry, overwrites: run.invocation.has("overwrite"))
        if run.terminal.isJSON {
            run.terminal.write(["profile": .string(profile), "file": .string(store.path.string)])
        } else {
            run.terminal.log("Stored the credentials of the profile '\(profile)' in \(store.path)")
        }
    }
}
