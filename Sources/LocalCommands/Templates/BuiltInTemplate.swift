package import Diagnostics

/// The templates that are part of the program.
package enum BuiltInTemplate: String, CaseIterable, Sendable {
    case python
    case nodejs
    case nodejsModules = "nodejs-esm"
    case mixedRuntimes = "mixed-runtimes"

    /// What the service consists of, in one line.
    package var summary: String {
        switch self {
        case .python: "a Python function with a requirements.txt"
        case .nodejs: "a Node.js function"
        case .nodejsModules: "a Node.js function in an ES module"
        case .mixedRuntimes: "functions with two Python versions, two architectures, and Node.js"
        }
    }

    /// The names that templates with the same content have in Serverless v3.
    var names: [String] {
        switch self {
        case .python: ["aws-python3", "aws-python"]
        case .nodejs: ["aws-nodejs", "hello-world"]
        case .nodejsModules: ["aws-nodejs-ecma-script"]
        case .mixedRuntimes: []
        }
    }

    /// Finds a template by its name, which can be one of Serverless v3.
    ///
    /// - Throws: ``DiagnosticError`` with the nearest name if there is no such template.
    package init(named name: String) throws(DiagnosticError) {
        guard let template = Self.allCases.first(where: { $0.rawValue == name || $0.names.contains(name) }) else {
            throw DiagnosticError(
                .unknownTemplate,
                "unknown template '\(name)'",
                notes: Self.allCases.map { "\($0.rawValue): \($0.summary)" },
                help: NearestNames.help(
                    for: name,
                    among: Self.allCases.flatMap { [$0.rawValue] + $0.names },
                    else: ["use one of these templates, or --template-path or --template-url for another one"]
                )
            )
        }
        self = template
    }

    /// The files of the service, with a placeholder as its name.
    var files: [TemplateFile] {
        switch self {
        case .python:
            [
                TemplateFile(path: "serverless.yml", content: PackageResources.python_serverless_yml),
                TemplateFile(path: "handler.py", content: PackageResources.python_handler_py),
                TemplateFile(path: "requirements.txt", content: PackageResources.python_requirements_txt),
                TemplateFile(path: ".gitignore", content: PackageResources.python_gitignore),
            ]
        case .nodejs:
            [
                TemplateFile(path: "serverless.yml", content: PackageResources.nodejs_serverless_yml),
                TemplateFile(path: "handler.js", content: PackageResources.nodejs_handler_js),
                TemplateFile(path: ".gitignore", content: PackageResources.nodejs_gitignore),
            ]
        case .nodejsModules:
            [
                TemplateFile(path: "serverless.yml", content: PackageResources.nodejs_serverless_yml),
                TemplateFile(path: "handler.mjs", content: PackageResources.nodejs_esm_handler_mjs),
                TemplateFile(path: ".gitignore", content: PackageResources.nodejs_gitignore),
            ]
        case .mixedRuntimes:
            [
                TemplateFile(path: "serverless.yml", content: PackageResources.mixed_runtimes_serverless_yml),
                TemplateFile(path: "requirements.txt", content: PackageResources.mixed_runtimes_requirements_txt),
                TemplateFile(path: "python/hello.py", content: PackageResources.mixed_runtimes_hello_py),
                TemplateFile(path: "python/report.py", content: PackageResources.mixed_runtimes_report_py),
                TemplateFile(path: "node/status.js", content: PackageResources.mixed_runtimes_status_js),
                TemplateFile(path: ".gitignore", content: PackageResources.python_gitignore),
            ]
        }
    }
}
