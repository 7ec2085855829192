package import ConfigurationValues

/// The runtime that a function has after `provider.runtime` and the defaults of Serverless.
package struct FunctionRuntime: Sendable {
    /// The languages whose functions the program can run on this machine.
    package enum Language: Hashable, Sendable {
        case python, node, other
    }

    /// The value of `runtime`; a default has no place.
    package let setting: ConfigurationValue

    /// The name, such as `python3.13`.
    package var name: String { JavaScriptText.text(of: setting) }

    /// The language that the runtime is for.
    package var language: Language {
        if name.hasPrefix("python") { return .python }
        return name.hasPrefix("nodejs") ? .node : .other
    }

    /// The runtime of functions without a setting: that of Serverless 3.38, so that templates stay the same.
    static let standard = FunctionRuntime(setting: ConfigurationValue(.string("nodejs14.x")))
    /// The runtime of durable functions without a setting, which need a newer one.
    static let standardOfDurableFunctions = FunctionRuntime(setting: ConfigurationValue(.string("nodejs24.x")))
}

extension Service {
    /// The runtime of a function: its own, else that of the provider, else the default.
    package func runtime(of function: ServiceFunction) -> FunctionRuntime {
        for setting in [function.runtime, runtime] {
            if let setting, setting.isTruthy { return FunctionRuntime(setting: setting) }
        }
        return function.isDurable ? .standardOfDurableFunctions : .standard
    }
}

extension ServiceFunction {
    /// Whether the function has `durableConfig`, so that its executions can be suspended and resumed.
    package var isDurable: Bool { node["durableConfig"]?.isTruthy == true }
}
