package import Diagnostics

/// What a deployment does with a resource of the stack.
package struct ResourceChange: Hashable, Sendable {
    /// The kind of change, from harmless to grave.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        /// A resource is created.
        case add
        /// A resource that exists already and becomes part of the stack.
        case adopt = "import"
        /// A resource that changes in place.
        case modify
        /// Only what CloudFormation knows of the resource changes, as it was changed elsewhere to what the template says.
        case sync
        /// A resource that leaves the stack, and stays in the account.
        case retain
        /// A new resource takes the place of the old one.
        case replace
        /// A resource that is deleted.
        case delete
    }

    /// Whether a change that could replace a resource does so.
    package enum Certainty: String, Hashable, Sendable {
        /// The action is certain.
        case certain
        /// The resource is replaced if a value that is known only during the deployment changes.
        case possible
    }

    /// A property that changes.
    package struct Property: Hashable, Sendable {
        /// The path in the resource, such as `Environment.Variables.STAGE`, `Tags` or `DeletionPolicy`.
        package var path: String
        /// Whether its change replaces the resource; `nil` if that is not known.
        package var replaces: Bool?
        /// Whether the resource has another value now than the deployed template says.
        package var hasDrifted: Bool

        /// Creates a property that changes.
        package init(path: String, replaces: Bool? = nil, hasDrifted: Bool = false) {
            self.path = path
            self.replaces = replaces
            self.hasDrifted = hasDrifted
        }
    }

    /// The kind of change.
    package var action: Action
    /// Whether a replacement is certain; other actions are.
    package var certainty: Certainty
    /// The logical ID in the template.
    package var logicalID: String
    /// The type, such as `AWS::DynamoDB::Table`.
    package var type: String
    /// The properties that change, those that replace the resource first.
    package var properties: [Property]
    /// The part of the configuration that makes the resource; `nil` if it is not known, or makes it no longer.
    package var place: SourcePlace?
    /// Whether the old resource stays in the account when a new one takes its place.
    package var keepsOld = false
    /// Whether the resource was changed or deleted outside of the stack, such as `MODIFIED`; `nil` if it was not checked
    /// or is as the template says.
    package var drift: String?

    /// Creates a change, and sorts its properties.
    package init(
        _ action: Action,
        _ logicalID: String,
        type: String,
        properties: [Property] = [],
        certainty: Certainty = .certain
    ) {
        self.action = action
        self.logicalID = logicalID
        self.type = type
        self.properties = properties.filter { $0.replaces == true } + properties.filter { $0.replaces != true }
        self.certainty = certainty
    }

    /// Whether the resource holds data.
    package var holdsData: Bool { StatefulTypes.contains(type) }

    /// Whether each deployment makes such a resource, so that its change alone says nothing.
    package var isVersion: Bool { StatefulTypes.isVersion(type) }

    /// Whether the stack loses the resource that it has: it is replaced or deleted, and is not a version.
    package var isLoss: Bool { (action == .replace || action == .delete) && !isVersion }
}

extension [ResourceChange] {
    /// The changes from grave to harmless: losses of resources that hold data first, then other losses, and versions
    /// last; each group in the order of the template.
    package var byGravity: [ResourceChange] {
        func rank(_ change: ResourceChange) -> Int {
            if change.isVersion { return 90 }
            let isCertain = change.certainty == .certain
            switch change.action {
            case .delete: return change.holdsData ? 0 : 20
            case .replace: return change.holdsData ? (isCertain ? 1 : 2) : (isCertain ? 21 : 22)
            case .retain: return 30
            case .modify: return 40
            case .sync: return 45
            case .adopt: return 50
            case .add: return 60
            }
        }
        return enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    }
}
