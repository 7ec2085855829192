import ConfigurationValues
import OrderedJSON
import ServerlessConfig

/// Adds the request validation of methods: a shared validator, and models for schemas.
struct RestValidation {
    private let api: RestApi
    private let context: CompileContext
    private let validatorID: String

    /// Creates the request validation of an API.
    init(_ api: RestApi, _ context: CompileContext) {
        self.api = api
        self.context = context
        validatorID = RestNaming.validatorID(service: context.service.name)
    }

    /// Adds the validation of an event to its method, and the resources for it.
    func compile(_ event: RestEvent, into template: inout Template) {
        let schemas = event.node["request"]?["schemas"]?.members ?? []
        guard event.hasRequiredParameters || !schemas.isEmpty else { return }
        addValidator(into: &template)
        template.resources[event.methodID]?["Properties"]?["RequestValidatorId"] = .ref(validatorID)
        guard !schemas.isEmpty else { return }
        var models = template.resources[event.methodID]?["Properties"]?["RequestModels"] ?? [:]
        for (mediaType, schema) in schemas {
            models[mediaType] = .ref(addModel(schema, mediaType, event, into: &template))
        }
        template.resources[event.methodID]?["Properties"]?["RequestModels"] = models
    }

    private func addValidator(into template: inout Template) {
        guard template.resources[validatorID] == nil else { return }
        let service = context.service
        template.add(
            validatorID,
            type: "AWS::ApiGateway::RequestValidator",
            properties: [
                "RestApiId": api.id,
                "ValidateRequestBody": true,
                "ValidateRequestParameters": true,
                "Name": "\(service.name)-\(service.stage) | Validate request body and querystring parameters",
            ]
        )
    }

    /// Adds the model of a schema, which is in the event or referred to by name.
    ///
    /// - Returns: the logical ID of the model.
    private func addModel(
        _ schema: ConfigurationValue,
        _ mediaType: String,
        _ event: RestEvent,
        into template: inout Template
    ) -> String {
        let shared = schema.string.flatMap { api.settings?[path: "request", "schemas"]?[$0] }
        let logicalID =
            shared == nil
            ? RestNaming.modelID(event.path, event.method, mediaType: mediaType)
            : RestNaming.modelID(schema: schema.string ?? "")
        let setting = shared ?? schema
        let definition = setting["schema"].flatMap { $0.isTruthy ? $0 : nil }
        let description = definition == nil && shared == nil ? nil : setting
        template.add(
            logicalID,
            type: "AWS::ApiGateway::Model",
            properties: .object(of: [
                "RestApiId": api.id,
                "ContentType": .string(shared == nil ? mediaType : "application/json"),
                "Schema": (definition ?? setting).json,
                "Name": description?["name"]?.truthyJSON,
                "Description": description?["description"]?.truthyJSON,
            ])
        )
        return logicalID
    }
}
