import ConfigurationValues
import HostSystem
import OrderedJSON

/// What the sources of variables read from.
struct VariableContext {
    /// The folder of the service.
    let directory: LocalPath
    /// The options of the command line by name, `null` for those that the command knows and that were not given.
    let options: OrderedMap<JSONValue>
    /// The values of `--param`.
    let parameters: OrderedMap<String>
    /// The environment of the process.
    let environment: Environment
    let fileSystem: any FileSystem
    /// Runs JavaScript.
    let scripts: ScriptHost
    /// The value of `${sls:instanceId}`.
    let instanceID: String
    /// Looks up the variables whose values are in AWS; `nil` if the command does not contact AWS.
    let remoteSource: (any RemoteVariableSource)?
}

/// What a file holds that a variable may name.
enum FileContent {
    case value(ConfigurationValue)
    case missing
    /// YAML without any document.
    case empty
    /// A module that `node` runs.
    case script
}
