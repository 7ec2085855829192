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
    /// What `sls:instanceId` is.
    let instanceID: String
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
