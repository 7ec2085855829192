package import OrderedJSON

extension CustomResource {
    /// The source files of the functions, by their names in the root of the zip file.
    package static var files: [(name: String, content: [UInt8])] {
        [
            ("custom_resource.py", PackageResources.custom_resource_py),
            ("existing_buckets.py", PackageResources.existing_buckets_py),
            ("existing_user_pools.py", PackageResources.existing_user_pools_py),
            ("event_bridge.py", PackageResources.event_bridge_py),
            ("api_gateway_log_role.py", PackageResources.api_gateway_log_role_py),
        ]
    }

    /// Whether a template uses the functions, so that the zip file has to be uploaded.
    package static func areUsed(in template: JSONValue) -> Bool {
        guard let resources = template["Resources"] else { return false }
        return allCases.contains { resources[$0.logicalID] != nil }
    }
}
