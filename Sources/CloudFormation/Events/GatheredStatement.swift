import OrderedJSON

/// A statement for the execution role whose resources are collected while events are compiled.
struct GatheredStatement {
    let actions: [TemplateValue]
    private(set) var resources: [TemplateValue] = []

    init(_ actions: TemplateValue...) { self.actions = actions }

    mutating func add(_ resource: TemplateValue) { resources.append(resource) }

    /// The statement, or `nil` if it has no resources.
    var value: TemplateValue? {
        resources.isEmpty ? nil : ["Effect": "Allow", "Action": .array(actions), "Resource": .array(resources)]
    }

    /// The permissions that a function in a VPC needs to access brokers.
    static let networkInterfaces: TemplateValue = [
        "Effect": "Allow",
        "Action": [
            "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeVpcs",
            "ec2:DeleteNetworkInterface", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
        ],
        "Resource": "*",
    ]
}
