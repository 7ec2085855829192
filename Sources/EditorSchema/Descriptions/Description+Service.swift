extension Description {
    /// The outermost properties of a configuration.
    static let service = #"""
        # service.
        service: Name of the service. With the stage, it begins the names of the stack and of its functions.
        configValidationMode: Whether problems of the configuration are errors, warnings, or not reported. = "warn"
        console: Settings of the Serverless Console, which are ignored.
        custom: Your own values, for variables such as ${self:custom.name}, and the options of plugins.
        custom.enterprise: Settings of the Serverless dashboard, which are ignored.
        dashboard: Settings of the Serverless dashboard, which are ignored.
        deprecationNotificationMode: Whether the use of deprecated properties is an error. = "warn"
        disabledDeprecations: Codes of deprecations that are not reported, or '*' for all.
        frameworkVersion: Range of versions of Serverless that the service works with; Furoshiki counts as 3.38.
        functions: Functions by their keys, or a list of such mappings.
        package: What artifacts contain, and how many there are.
        package.artifact: Zip file that is used as it is, instead of a new one.
        package.exclude: Patterns of files to omit. Deprecated; use 'patterns' with a '!'.
        package.excludeDevDependencies: Whether development dependencies in node_modules are omitted. = true
        package.include: Patterns of files to add. Deprecated; use 'patterns'.
        package.individually: Whether each function has its own artifact. = false
        package.path: Directory of a package that was made earlier, which is deployed instead of a new one.
        package.patterns: Patterns of files to add, or with a '!' to omit. Later ones take precedence.
        params: Values of ${param:NAME} by stage; those of 'default' apply to all stages.
        plugins: Plugins of the service. serverless-python-requirements is built in; others are not run.
        plugins.localPath: Directory of plugins that are not installed with npm.
        plugins.modules: Names of the plugins.
        projectDir: Deprecated, without effect.
        provider: AWS settings of the service, and defaults of its functions.
        useDotenv: Whether variables are read from .env and .env.STAGE.
        variablesResolutionMode: Deprecated, without effect.
        resources: CloudFormation template that is merged into that of the service, or a list of such templates.
        layers: Layers that are deployed with the service, by their keys.
        org: Organization in the Serverless dashboard, which is not used.
        app: App in the Serverless dashboard, which is not used.
        outputs: Outputs for the Serverless dashboard, which is not used.
        """#

    /// The properties of layers and templates.
    static let resources = #"""
        # layer.
        allowedAccounts: IDs of the accounts that may use the layer, or '*' for all.
        compatibleArchitectures: Architectures that the layer supports.
        compatibleRuntimes: Runtimes that the layer supports.
        description: Description of the layer.
        licenseInfo: License of the layer, as an SPDX identifier, a URL or text.
        name: Name of the layer. If it is not set, it is the key.
        package: What the zip file of the layer contains.
        package.artifact: Zip file that is used as it is, instead of a new one.
        package.exclude: Patterns of files to omit. Deprecated; use 'patterns' with a '!'.
        package.include: Patterns of files to add. Deprecated; use 'patterns'.
        package.patterns: Patterns of files to add, or with a '!' to omit. Later ones take precedence.
        path: Directory with the content of the layer.
        retain: Whether earlier versions of the layer are kept. = false
        # resources.
        AWSTemplateFormatVersion: Version of the format of the template.
        Conditions: Conditions by their names, for 'Condition' and 'Fn::If'.
        Description: Description of the stack.
        Mappings: Values by keys, for 'Fn::FindInMap'.
        Metadata: Facts about the template.
        Outputs: Values that the stack shows and can export.
        Parameters: Values that are passed to the stack.
        Resources: Resources by their logical IDs.
        Transform: Macros that CloudFormation applies to the template.
        extensions: Changes of resources that the service has anyway, by their logical IDs.
        """#
}
