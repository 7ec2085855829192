import ConfigurationValues
import HostSystem
import OrderedJSON

/// The data that the sources of variables read.
struct VariableContext {
    /// The directory of the service, absolute.
    let directory: LocalPath
    /// The options of the command line by name; `null` for those that the command has and that are not given.
    let options: OrderedMap<JSONValue>
    /// The values of `--param` by name.
    let parameters: OrderedMap<String>
    /// The environment of the process.
    let environment: Environment
    let fileSystem: any FileSystem
    /// The host that runs JavaScript.
    let scripts: ScriptHost
    /// The value of `${sls:instanceId}`.
    let instanceID: String
    /// The source of the values in AWS; `nil` if the command does not contact AWS.
    let remoteSource: (any RemoteVariableSource)?
    /// The names of the service's plugins, which may add sources.
    var plugins: [String] = []
}

/// The content of a file that a variable names.
enum FileContent {
    case value(ConfigurationValue)
    case missing
    /// YAML without a document.
    case empty
    /// A module that `node` runs.
    case script
}
