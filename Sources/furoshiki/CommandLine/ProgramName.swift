/// The name that users call the program by, which usage lines and instructions show.
struct ProgramName: Sendable, Hashable {
    /// The word that a user types.
    let text: String

    /// The name of the program itself.
    static let furoshiki = ProgramName(path: "furoshiki")

    /// Determines the name from the first word of the command line: `sls` if the program is linked under a name of
    /// Serverless.
    init(path: String) {
        let name = path.split(separator: "/").last ?? ""
        text = ["sls", "serverless"].contains(name) ? "sls" : "furoshiki"
    }
}
