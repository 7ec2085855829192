import Diagnostics
import HostSystem
import LambdaRuntimes
import OrderedJSON

/// `man`: prints a page of the manual, or writes all pages to a directory.
struct ProgramManual: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "man",
            "Print a manual page, or write all of them to a directory",
            options: [CommandOption("output", "o", "Directory to write all pages to")]
        )
        command.argument = CommandArgument(
            name: "PAGE",
            summary: "Name of the page, such as furoshiki-package (default: furoshiki)"
        )
        command.examples = ["man furoshiki-package | man -l -", "man --output /usr/local/share/man/man1"]
        command.usesService = false
        return command
    }

    func run(_ run: CommandRun) async throws {
        let pages = ManualPage.all(of: run.table, date: date(run).description, version: Version.current)
        if let output = run.invocation.text("output") {
            let directory = run.directory / output
            try run.machine.files.createDirectory(directory)
            for page in pages { try run.machine.files.write(page.source, to: directory / page.fileName) }
            if run.terminal.isJSON {
                return run.terminal.write([
                    "directory": .string(directory.string),
                    "files": .array(pages.map { .string($0.fileName) }),
                ])
            }
            return run.terminal.log("Wrote \(pages.count) manual pages to \(output)")
        }
        let name = run.invocation.argument ?? ProgramName.furoshiki.text
        guard let page = pages.first(where: { $0.name == name || $0.fileName == name }) else {
            throw DiagnosticError(
                .unknownCommand,
                "unknown manual page '\(name)'",
                help: NearestNames.help(
                    for: name,
                    among: pages.map(\.name),
                    else: ["run '\(run.table.program.text) --help' for a list of commands"]
                )
            )
        }
        run.terminal.write(page.source)
    }

    /// The day in the pages: that of `SOURCE_DATE_EPOCH` (seconds since 1970) if it is set, so that builds of the same
    /// source make the same pages, and otherwise today.
    private func date(_ run: CommandRun) -> CalendarDate {
        let seconds = run.machine.environment.nonEmpty("SOURCE_DATE_EPOCH").flatMap(Int64.init)
        return CalendarDate(milliseconds: seconds.map { $0 * 1000 } ?? run.machine.wallClock.nowMilliseconds)
    }
}
